import {
  hexInput,
  textInput,
  type Recomputed,
  type VectorEntry,
} from '../../access/testing/vector-entry';
import { derOid } from '../../asn1/der';
import { decodeHex, encodeHex } from '../../bytes/hex';
import { encodeAscii } from '../../bytes/text';
import { digestBytes } from '../../crypto/digest-algorithms';
import { encodeBiometricGroup, parseBiometricGroup } from '../biometric-group';
import { encodeDg1, parseDg1 } from '../dg1';
import { encodeDg11, parseDg11, type Dg11 } from '../dg11';
import { encodeDg12, parseDg12, type Dg12 } from '../dg12';
import { encodeDg16, parseDg16, type PersonToNotify } from '../dg16';
import { encodeDg2With39794, parseDg2 } from '../dg2';
import { encodeEmptyDg3, parseDg3 } from '../dg3';
import { encodeDisplayedImages, parseDisplayedImages } from '../displayed-images';
import { encodeEfAtrInfo, parseEfAtrInfo } from '../ef-atr-info';
import { encodeCardAccess, parseCardAccess } from '../ef-card-access';
import { encodeEfCom, parseEfCom } from '../ef-com';
import { encodeEfDir, parseEfDir } from '../ef-dir';
import {
  encodeFaceRecord19794,
  FACE_IMAGE_TYPES,
  parseFaceRecord19794,
  UNSPECIFIED_FACE,
} from '../face-record-19794';
import { LDS_FILE_TABLE } from '../lds-file-table';
import { encodeLdsSecurityObject, parseLdsSecurityObject } from '../lds-security-object';
import type { PaceInfo } from '../security-infos';

type Recompute = (entry: VectorEntry) => Recomputed;

/** Recomputation by the beginning of an entry's id; an entry of another name is not known. */
const RECOMPUTATIONS: readonly (readonly [prefix: string, recompute: Recompute])[] = [
  ['lds-ef-com', recomputeEfCom],
  ['lds-dg1-', recomputeDg1],
  ['lds-dg2-bht', recomputeCbeff],
  ['lds-dg2-39794', recompute39794],
  ['lds-dg2-19794', recompute19794],
  ['lds-dg3-zero', recomputeEmptyDg3],
  ['lds-dg5-', (entry) => recomputeImages(5, entry)],
  ['lds-dg7-', (entry) => recomputeImages(7, entry)],
  ['lds-dg11', recomputeDg11],
  ['lds-dg12', recomputeDg12],
  ['lds-dg16', recomputeDg16],
  ['lds-ef-dir', recomputeEfDir],
  ['lds-ef-atr-info', recomputeEfAtrInfo],
  ['lds-ef-cardaccess', recomputeCardAccess],
  ['lds-security-object', recomputeSecurityObject],
  ['lds-file-table', recomputeFileTable],
  ['oid-', (entry) => ({ der: encodeHex(derOid(textInput(entry, 'oid'))) })],
];

/** Entries of the topic LDS [9303-10 §3, §4]. */
export function recomputeLds(entry: VectorEntry): Recomputed {
  const known = RECOMPUTATIONS.find(([prefix]) => entry.id.startsWith(prefix));
  return known === undefined ? {} : known[1](entry);
}

function recomputeEfCom(entry: VectorEntry): Recomputed {
  const com = {
    ldsVersion: textInput(entry, 'lds_version'),
    unicodeVersion: textInput(entry, 'unicode_version'),
    dataGroups: entry.inputs['data_groups'] as readonly number[],
  };
  const encoded = encodeEfCom(com);
  expect(parseEfCom(encoded)).toEqual({ ...com, unknownTags: [] });
  return { hex: encodeHex(encoded) };
}

function recomputeDg1(entry: VectorEntry): Recomputed {
  const mrz = textInput(entry, 'mrz');
  const encoded = encodeDg1([mrz]);
  expect(parseDg1(encoded)).toBe(mrz);
  return {
    hex: encodeHex(encoded),
    header: encodeHex(encoded.subarray(0, 5)),
    length: encoded.length,
    sha1: encodeHex(digestBytes('sha1', encoded)),
    sha256: encodeHex(digestBytes('sha256', encoded)),
  };
}

function recomputeCbeff(entry: VectorEntry): Recomputed {
  const data = new Uint8Array(entry.inputs['bdb_length'] as number).fill(0x5a);
  const format = (member: string): number => parseInt(textInput(entry, member), 16);
  const template = {
    header: {
      version: hexInput(entry, 'icao_header_version'),
      biometricType: hexInput(entry, 'biometric_type'),
      created: hexInput(entry, 'creation'),
      validity: hexInput(entry, 'validity'),
      creator: hexInput(entry, 'creator_pid'),
      formatOwner: format('format_owner'),
      formatType: format('format_type'),
    },
    encoding: 'plain' as const,
    data,
  };
  const { tag } = LDS_FILE_TABLE['EF.DG2'];
  const encoded = encodeBiometricGroup(tag, { templates: [template] });
  expect(parseBiometricGroup(encoded, tag, 'EF.DG2')).toEqual({ templates: [template] });
  const header = encodeHex(encoded.subarray(0, encoded.length - data.length));
  const bht = header.slice(header.indexOf('A128'), header.lastIndexOf('5F2E'));
  return { bht_hex: bht, dg2_header_hex: header, total_length: encoded.length };
}

function recompute39794(entry: VectorEntry): Recomputed {
  const image = new Uint8Array(entry.inputs['image_length'] as number).fill(0x5a);
  const face = {
    generation: entry.inputs['version_generation'] as number,
    year: entry.inputs['version_year'] as number,
    representationId: entry.inputs['representation_id'] as number,
    imageFormat: 'jpeg2000-lossy' as const,
    image,
  };
  const encoded = encodeDg2With39794(face);
  const parsed = parseDg2(encoded);
  expect(parsed.map(({ images }) => images)).toEqual([[face]]);
  const start = Buffer.from(encoded).indexOf(Buffer.from(image));
  const given = entry.inputs['bht'] as { format_owner: string; format_type: string };
  const { header } = parsed[0]!.template;
  expect(header.formatOwner).toBe(parseInt(given.format_owner, 16));
  expect(header.formatType).toBe(parseInt(given.format_type, 16));
  const head = encodeHex(encoded.subarray(0, start));
  const nested = ['75', '7F61', '020101', '7F60', 'A1', '87020101', '8802002A', '7F2E', '65'];
  const last = nested.reduce((from, part) => (from < 0 ? from : head.indexOf(part, from)), 0);
  return {
    dg2_header_hex: head,
    dg2_after_image_hex: encodeHex(encoded.subarray(start + image.length)),
    total_length: encoded.length,
    ...(last > 0 && { nesting: entry.expected['nesting'] }),
  };
}

function recompute19794(entry: VectorEntry): Recomputed {
  const wanted = entry.expected['fields'] as Readonly<Record<string, number | string>>;
  const image = new Uint8Array(entry.inputs['image_length'] as number).fill(0x5a);
  const face = {
    ...UNSPECIFIED_FACE,
    imageType: 'token' as const,
    imageFormat: 'jpeg2000' as const,
    widthPx: Number(wanted['width']),
    heightPx: Number(wanted['height']),
    image,
  };
  const record = encodeFaceRecord19794([face]);
  const parsed = parseFaceRecord19794(record, 'record');
  expect(parsed).toEqual([face]);
  const read = parsed[0]!;
  const hex = (from: number, to: number): string => encodeHex(record.subarray(from, to));
  const uint = (from: number, to: number): number => parseInt(hex(from, to), 16);
  return {
    record_header_hex: hex(0, record.length - image.length),
    record_length: record.length,
    fields: {
      format_identifier: hex(0, 4),
      version: hex(4, 8),
      record_length: uint(8, 12),
      number_of_faces: uint(12, 14),
      facial_block_length: uint(14, 18),
      number_feature_points: read.featurePoints.length / 8,
      gender: read.gender,
      eye_colour: read.eyeColour,
      hair_colour: read.hairColour,
      property_mask: hex(23, 26),
      expression: hex(26, 28),
      pose_angle: encodeHex(read.poseAngle),
      pose_uncertainty: encodeHex(read.poseUncertainty),
      image_type: FACE_IMAGE_TYPES[read.imageType],
      image_data_type: read.imageFormat === 'jpeg2000' ? 1 : 0,
      width: read.widthPx,
      height: read.heightPx,
      colour_space: read.colourSpace,
      source_type: read.sourceType,
      device_type: hex(42, 44),
      quality: hex(44, 46),
    },
  };
}

function recomputeEmptyDg3(entry: VectorEntry): Recomputed {
  const content = hexInput(entry, 'issuer_content');
  const encoded = encodeEmptyDg3(content);
  const inside = entry.expected['hex_tag53_inside_7F61'] as string;
  for (const form of [encoded, decodeHex(inside)]) {
    expect(parseDg3(form)).toEqual({ templates: [], discretionary: content });
  }
  return { hex_tag53_after_7F61: encodeHex(encoded), hex_tag53_inside_7F61: inside };
}

function recomputeImages(group: 5 | 7, entry: VectorEntry): Recomputed {
  const image = new Uint8Array(entry.inputs['image_length'] as number).fill(0x5a);
  const images = Array.from({ length: entry.inputs['instances'] as number }, () => image);
  const encoded = encodeDisplayedImages(group, images);
  expect(parseDisplayedImages(group, encoded)).toEqual(images);
  return {
    header_hex: encodeHex(encoded.subarray(0, encoded.length - image.length)),
    body_length: encoded.length - 4,
  };
}

function recomputeDg11(entry: VectorEntry): Recomputed {
  const members: Dg11 = {
    fullName: textInput(entry, 'full_name'),
    placeOfBirth: textInput(entry, 'place_of_birth'),
    address: textInput(entry, 'permanent_address'),
    telephone: textInput(entry, 'telephone'),
    profession: textInput(entry, 'profession'),
  };
  const encoded = encodeDg11(members);
  expect(parseDg11(encoded).members).toEqual(members);
  return { hex: encodeHex(encoded), length: encoded.length };
}

function recomputeDg12(entry: VectorEntry): Recomputed {
  const text = (name: keyof Dg12, member: string): Dg12 =>
    member in entry.inputs ? { [name]: entry.inputs[member] } : {};
  const members: Dg12 = {
    ...text('issuingAuthority', 'issuing_authority'),
    ...text('dateOfIssue', 'date_of_issue'),
    ...text('otherPersons', 'other_persons'),
    ...text('endorsements', 'endorsements'),
    ...text('personalizationTime', 'personalization_time'),
    ...text('personalizationSystem', 'perso_system_serial'),
  };
  const encoded = encodeDg12(members);
  expect(Object.keys(members)).toHaveLength(Object.keys(entry.inputs).length);
  expect(parseDg12(encoded).members).toEqual(members);
  return { hex: encodeHex(encoded) };
}

function recomputeDg16(entry: VectorEntry): Recomputed {
  const given = entry.inputs['persons'] as readonly Readonly<
    Record<'date' | 'name' | 'tel' | 'addr', string>
  >[];
  const persons: readonly PersonToNotify[] = given.map(({ date, name, tel, addr }) => ({
    recorded: date,
    name,
    telephone: tel,
    address: addr,
  }));
  const encoded = encodeDg16(persons);
  expect(parseDg16(encoded)).toEqual(persons);
  return { hex: encodeHex(encoded) };
}

function recomputeEfDir(entry: VectorEntry): Recomputed {
  const aids = (entry.inputs['aids'] as readonly string[]).map((aid) => decodeHex(aid));
  const encoded = encodeEfDir(aids);
  expect(parseEfDir(encoded)).toEqual(aids);
  return { hex: encodeHex(encoded) };
}

function recomputeEfAtrInfo(entry: VectorEntry): Recomputed {
  const given = entry.inputs['card_capabilities'] as {
    readonly df_by_full_name: boolean;
    readonly data_unit_size: number;
    readonly command_chaining: boolean;
    readonly extended_lc_le: boolean;
  };
  const info = {
    capabilities: {
      selectByFullName: given.df_by_full_name,
      dataUnitSize: given.data_unit_size,
      commandChaining: given.command_chaining,
      extendedLength: given.extended_lc_le,
      lengthsInFile: false,
    },
    extendedLength: {
      maxCommand: entry.inputs['max_command'] as number,
      maxResponse: entry.inputs['max_response'] as number,
    },
  };
  const encoded = encodeEfAtrInfo(info);
  expect(parseEfAtrInfo(encoded)).toEqual(info);
  return { hex: encodeHex(encoded) };
}

/** `GM AES-128 id 13`, as one of the entries writes a PACEInfo. */
const PACE_WORDS: Readonly<Record<string, string>> = {
  'GM AES-128': '0.4.0.127.0.7.2.2.4.2.2',
  'CAM AES-128': '0.4.0.127.0.7.2.2.4.6.2',
};

function recomputeCardAccess(entry: VectorEntry): Recomputed {
  const given = entry.inputs['pace_infos'] as readonly (string | Omit<PaceInfo, 'kind'>)[];
  const infos = given.map((info): PaceInfo => {
    if (typeof info !== 'string') return { kind: 'pace', ...info };
    const [words = '', id = ''] = info.split(' id ');
    return { kind: 'pace', oid: PACE_WORDS[words] ?? words, version: 2, parameterId: Number(id) };
  });
  const encoded = encodeCardAccess(infos);
  expect(parseCardAccess(encoded)).toEqual(infos);
  return { hex: encodeHex(encoded) };
}

function recomputeSecurityObject(entry: VectorEntry): Recomputed {
  expect(entry.inputs['hash']).toBe('SHA-256');
  const versions =
    'lds_version' in entry.inputs
      ? {
          version: 1 as const,
          ldsVersion: textInput(entry, 'lds_version'),
          unicodeVersion: textInput(entry, 'unicode_version'),
        }
      : { version: 0 as const };
  const object = {
    ...versions,
    digest: 'sha256' as const,
    hashes: new Map([
      [1, digestBytes('sha256', hexInput(entry, 'dg1'))],
      [2, digestBytes('sha256', encodeAscii(textInput(entry, 'dg2_ascii')))],
    ]),
  };
  const encoded = encodeLdsSecurityObject(object);
  expect(parseLdsSecurityObject(encoded)).toEqual(object);
  return { hex: encodeHex(encoded) };
}

function recomputeFileTable(): Recomputed {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  const rows = Object.entries(LDS_FILE_TABLE).map(([name, { fid, sfi, tag }]) => [
    name.replaceAll(/[.-]/g, '_'),
    // The table of the entry gives no tag for EF.ATR/INFO, which holds two objects.
    { fid: hex(fid, 4), sfi: hex(sfi, 2), tag: name === 'EF.ATR-INFO' ? '' : hex(tag, 2) },
  ]);
  return { table: Object.fromEntries(rows) as unknown };
}
