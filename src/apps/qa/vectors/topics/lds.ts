import { derOid } from '../../../../standards/asn1/der';
import { encodeAscii } from '../../../../standards/bytes/text';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { encodeDg1, parseDg1 } from '../../../../standards/lds/dg1';
import { encodeCardAccess, parseCardAccess } from '../../../../standards/lds/ef-card-access';
import { encodeEfAtrInfo, parseEfAtrInfo } from '../../../../standards/lds/ef-atr-info';
import { encodeEfCom, parseEfCom } from '../../../../standards/lds/ef-com';
import { encodeEfDir, parseEfDir } from '../../../../standards/lds/ef-dir';
import { LDS_FILE_TABLE } from '../../../../standards/lds/lds-file-table';
import {
  encodeLdsSecurityObject,
  parseLdsSecurityObject,
} from '../../../../standards/lds/lds-security-object';
import type { PaceInfo } from '../../../../standards/lds/security-infos';
import { parseTlvHeader } from '../../../../standards/tlv/tlv';
import { Inputs } from '../inputs';
import { digestNamed } from '../named-algorithms';
import { NotComputable } from '../not-computable';
import { type Figure, type Figures, hexFigure, once, type Topic } from '../topic';
import { isObject, type VectorEntry } from '../vector-file';
import {
  cbeffFigures,
  displayedImageFigures,
  emptyFingerFigures,
  face19794Figures,
  face39794Figures,
} from './lds-biometrics';
import { dg11Of, dg12Of, dg16Of, hasDg11, hasDg12 } from './lds-details';
import { readAgain, readLdsFile } from './read-lds-file';

/** Files of the LDS, made from their fields and read again. */
export const LDS: Topic = {
  name: 'LDS',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    const special = specialFigures(entry, inputs);
    if (special !== undefined) return special;
    return fileFigures(() => buildFile(inputs));
  },
  accept: (entry) => acceptFile(entry),
};

/** Entries whose figures are more or less than one whole file. */
function specialFigures(entry: VectorEntry, inputs: Inputs): Figures | undefined {
  if (inputs.has('oid')) return { der: hexFigure(() => derOid(inputs.text('oid'))) };
  if (inputs.has('bdb_length')) return cbeffFigures(inputs);
  if (inputs.has('version_generation')) return face39794Figures(inputs);
  if (inputs.has('instances', 'image_length') && !inputs.has('issuer_content')) {
    return inputs.has('instances') ? displayedImageFigures(entry) : face19794Figures(entry);
  }
  if (inputs.has('issuer_content')) return emptyFingerFigures(inputs);
  if ('table' in entry.expected) return { table: fileTable };
  return undefined;
}

/** What one whole file leads to. */
function fileFigures(build: () => Uint8Array): Figures {
  const file = once(build);
  const header = () => file().subarray(0, headerBytes(file()));
  const hash = (name: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512') =>
    hexFigure(() => digestBytes(name, file()));
  return {
    hex: hexFigure(file),
    der: hexFigure(file),
    header: hexFigure(header),
    header_hex: hexFigure(header),
    length: () => file().length,
    total_length: () => file().length,
    sha1: hash('sha1'),
    sha224: hash('sha224'),
    sha256: hash('sha256'),
    sha384: hash('sha384'),
    sha512: hash('sha512'),
  };
}

/** Tags and lengths before the content: of DG1 those of both its objects. */
function headerBytes(file: Uint8Array): number {
  const outer = parseTlvHeader(file, 'file').headerBytes;
  return file[0] === LDS_FILE_TABLE['EF.DG1'].tag
    ? outer + parseTlvHeader(file, 'file', outer).headerBytes
    : outer;
}

function buildFile(inputs: Inputs): Uint8Array {
  if (inputs.has('data_groups')) return buildEfCom(inputs);
  if (inputs.has('hash') && inputs.has('dg1')) return buildSecurityObject(inputs);
  if (inputs.has('mrz')) {
    const lines = inputs.texts('mrz');
    return readAgain(encodeDg1(lines), parseDg1, lines.join(''));
  }
  if (inputs.has('aids')) return readAgain(encodeEfDir(aidsOf(inputs)), parseEfDir, aidsOf(inputs));
  if (inputs.has('card_capabilities')) return buildAtrInfo(inputs);
  if (inputs.has('pace_infos')) {
    return readAgain(encodeCardAccess(paceInfosOf(inputs)), parseCardAccess, paceInfosOf(inputs));
  }
  if (inputs.has('persons')) return dg16Of(inputs);
  if (hasDg12(inputs)) return dg12Of(inputs);
  if (hasDg11(inputs)) return dg11Of(inputs);
  throw new NotComputable('the runner knows no file with these inputs');
}

function buildEfCom(inputs: Inputs): Uint8Array {
  const given = inputs.find('data_groups');
  const dataGroups = (Array.isArray(given) ? given : [given]).map((group) =>
    Number(String(group).replace(/^DG/i, '')),
  );
  const com = {
    ldsVersion: inputs.text('lds_version'),
    unicodeVersion: inputs.text('unicode_version'),
    dataGroups,
  };
  return readAgain(encodeEfCom(com), parseEfCom, { ...com, unknownTags: [] });
}

function aidsOf(inputs: Inputs): readonly Uint8Array[] {
  return inputs.texts('aids').map((aid) => new Inputs({ aid }).hex('aid'));
}

function buildAtrInfo(inputs: Inputs): Uint8Array {
  const given = inputs.object('card_capabilities');
  const flag = (...names: string[]): boolean => given.find(...names) === true;
  const info = {
    capabilities: {
      selectByFullName: flag('df_by_full_name'),
      dataUnitSize: given.has('data_unit_size') ? given.integer('data_unit_size') : 1,
      commandChaining: flag('command_chaining'),
      extendedLength: flag('extended_lc_le', 'extended_length'),
      lengthsInFile: flag('lengths_in_file', 'extended_length_info'),
    },
    ...(inputs.has('max_command')
      ? {
          extendedLength: {
            maxCommand: inputs.integer('max_command'),
            maxResponse: inputs.integer('max_response'),
          },
        }
      : {}),
  };
  return readAgain(encodeEfAtrInfo(info), parseEfAtrInfo, info);
}

const MAPPING_ARCS: Readonly<Record<string, readonly [ecdh: number, dh: number]>> = {
  GM: [2, 1],
  IM: [4, 3],
  CAM: [6, 6],
};

/** PACEInfos as objects, or in words: `GM AES-128 id 13`, `DH-IM 3DES id 2`. */
function paceInfosOf(inputs: Inputs): readonly PaceInfo[] {
  const given = inputs.find('pace_infos');
  return (Array.isArray(given) ? given : [given]).map((info: unknown): PaceInfo => {
    if (isObject(info)) {
      const one = new Inputs(info);
      return {
        kind: 'pace',
        oid: one.text('oid', 'protocol'),
        version: one.has('version') ? one.integer('version') : 2,
        parameterId: one.integer('parameterId', 'parameter_id'),
      };
    }
    return paceInfoInWords(String(info));
  });
}

function paceInfoInWords(words: string): PaceInfo {
  const match = /^(?:(EC)?(DH)[- ])?(GM|IM|CAM)[- ](3DES|AES-?(\d{3}))\D+(\d+)$/i.exec(
    words.trim(),
  );
  if (match === null) throw new NotComputable('a PACEInfo is given in words that are not known');
  const [, ec, dh, mapping = '', , bits, id = ''] = match;
  const parameterId = Number(id);
  const isDh = ec === undefined && (dh !== undefined || parameterId <= 2);
  const arc = MAPPING_ARCS[mapping.toUpperCase()]?.[isDh ? 1 : 0] ?? 0;
  const cipher = bits === undefined ? 1 : [128, 192, 256].indexOf(Number(bits)) + 2;
  return { kind: 'pace', oid: `0.4.0.127.0.7.2.2.4.${arc}.${cipher}`, version: 2, parameterId };
}

// Files explain their stand-in for DG2 in brackets; what was hashed is the text before them.
const REMARK = / \(.*\)$/;

/** The data groups that inputs hold, as files or, for a stand-in, as text. */
export function dataGroupsOf(inputs: Inputs): ReadonlyMap<number, Uint8Array> {
  const groups = new Map<number, Uint8Array>();
  for (let group = 1; group <= 16; group++) {
    if (inputs.has(`dg${group}`)) groups.set(group, inputs.hex(`dg${group}`));
    else if (inputs.has(`dg${group}_ascii`)) {
      groups.set(group, encodeAscii(inputs.text(`dg${group}_ascii`).replace(REMARK, '')));
    }
  }
  return groups;
}

function buildSecurityObject(inputs: Inputs): Uint8Array {
  const digest = digestNamed(inputs.text('hash'));
  const hashes = new Map(
    [...dataGroupsOf(inputs)].map(([group, bytes]) => [group, digestBytes(digest, bytes)]),
  );
  const versions = inputs.has('lds_version')
    ? {
        version: 1 as const,
        ldsVersion: inputs.text('lds_version'),
        unicodeVersion: inputs.text('unicode_version'),
      }
    : { version: 0 as const };
  const object = { ...versions, digest, hashes };
  return readAgain(encodeLdsSecurityObject(object), parseLdsSecurityObject, object);
}

const fileTable: Figure = () => {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  const rows = Object.entries(LDS_FILE_TABLE).map(([name, { fid, sfi, tag }]) => [
    name.replaceAll(/[.-]/g, '_'),
    // EF.ATR/INFO holds two objects, so that no tag stands for the file.
    { fid: hex(fid, 4), sfi: hex(sfi, 2), tag: name === 'EF.ATR-INFO' ? '' : hex(tag, 2) },
  ]);
  return Object.fromEntries(rows) as unknown;
};

/** A negative entry: a file that is read, or fields that no file can be made of. */
function acceptFile(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const file = inputs.optionalHex(
    'hex',
    'file',
    'file_received',
    'der',
    'ef',
    'hex_received',
    'bytes',
  );
  if (file !== undefined) {
    readLdsFile(
      file,
      inputs.has('name', 'file_name') ? inputs.text('name', 'file_name') : entry.id,
    );
    return;
  }
  const figures = specialFigures(entry, inputs);
  if (figures === undefined) buildFile(inputs);
  else for (const figure of Object.values(figures)) figure(undefined);
}
