import { encodeHex } from '../../../../standards/bytes/hex';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { parseEfAtrInfo } from '../../../../standards/lds/ef-atr-info';
import { parseCardAccess } from '../../../../standards/lds/ef-card-access';
import { parseEfCom } from '../../../../standards/lds/ef-com';
import { parseEfDir } from '../../../../standards/lds/ef-dir';
import { LDS } from '../topics/lds';
import type { Candidate } from './recording';

/** Files that say nothing of the holder; they are recorded as they are. */
export const OPEN_FILES: Readonly<Record<string, (file: Uint8Array) => Candidate>> = {
  'EF.COM': (file) => {
    const { ldsVersion, unicodeVersion, dataGroups } = parseEfCom(file);
    return candidate('ef-com', file, {
      lds_version: ldsVersion,
      unicode_version: unicodeVersion,
      data_groups: dataGroups.map((group) => `DG${group}`),
    });
  },
  'EF.DIR': (file) => candidate('ef-dir', file, { aids: parseEfDir(file).map(encodeHex) }),
  'EF.ATR-INFO': (file) => {
    const { capabilities, extendedLength } = parseEfAtrInfo(file);
    return candidate('ef-atr-info', file, {
      card_capabilities: {
        df_by_full_name: capabilities.selectByFullName,
        data_unit_size: capabilities.dataUnitSize,
        command_chaining: capabilities.commandChaining,
        extended_length: capabilities.extendedLength,
        extended_length_info: capabilities.lengthsInFile,
      },
      ...(extendedLength && {
        max_command: extendedLength.maxCommand,
        max_response: extendedLength.maxResponse,
      }),
    });
  },
  'EF.CardAccess': (file) => {
    const infos = parseCardAccess(file).map((info) => {
      if (info.kind !== 'pace' || info.parameterId === undefined) {
        throw new MalformedError('EF.CardAccess', 'holds more than PACE with a standard group');
      }
      return { oid: info.oid, version: info.version, parameter_id: info.parameterId };
    });
    return candidate('ef-card-access', file, { pace_infos: infos });
  },
};

function candidate(id: string, file: Uint8Array, inputs: Record<string, unknown>): Candidate {
  const expected = {
    hex: encodeHex(file),
    length: file.length,
    sha256: encodeHex(digestBytes('sha256', file)),
  };
  return { topic: LDS, id, real: { inputs, expected } };
}
