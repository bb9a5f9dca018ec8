import type { KeyObject } from 'node:crypto';
import { encodeHex } from '../../../standards/bytes/hex';
import { encodeAscii } from '../../../standards/bytes/text';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { encodeTlv } from '../../../standards/tlv/tlv';
import type { ChipKind } from '../../../simulation/chip/chip-kinds';
import { openChip } from '../../../simulation/chip/testing/open-chip';
import {
  fileCommands,
  lockCommands,
  putData,
  sendAll,
} from '../../../simulation/chip/testing/write-specimen';
import type { LdsFileName } from '../../document/lds-files';
import { SPECIMEN_CHIP_KEY, SPECIMEN_MRZ } from './specimen-set';

export const SPECIMEN_CAN = '470815';

const SELECT = '00A4040C07A0000002471001';

/** A virtual chip that holds these files, keyed to the specimen's MRZ and CAN. */
export async function personalizedChip(
  kind: ChipKind,
  files: ReadonlyMap<LdsFileName, Uint8Array>,
  chipKey: KeyObject = SPECIMEN_CHIP_KEY,
) {
  const opened = await openChip(kind);
  await sendAll(opened.terminal, [
    SELECT,
    ...[...files].flatMap(([name, bytes]) => fileCommands(LDS_FILE_TABLE[name].fid, bytes)),
    putData('0062', mrzObject()),
    ...chipKeyCommands(chipKey),
    ...(kind === 'passport-applet-pace' ? [putData('0065', canObject()), '00DADEFE0100'] : []),
    ...lockCommands(kind),
  ]);
  await opened.connection.reset();
  return opened;
}

export function mrzObject(): Uint8Array {
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;
  return encodeTlv(
    0x62,
    encodeTlv(0x5f1f, encodeAscii(documentNumber)),
    encodeTlv(0x5f18, encodeAscii(dateOfBirth)),
    encodeTlv(0x5f19, encodeAscii(dateOfExpiry)),
  );
}

function canObject(): Uint8Array {
  return encodeTlv(0x66, Uint8Array.of(0x02), encodeAscii(SPECIMEN_CAN));
}

/** Modulus and exponent as the applet takes them: the outer length of 00 is really so. */
function chipKeyCommands(key: KeyObject): readonly string[] {
  const { n = '', d = '' } = key.export({ format: 'jwk' });
  const half = (base64: string) => encodeHex(Buffer.from(base64, 'base64url')).padStart(256, '0');
  return [`00DA0060856000048180${half(n)}`, `00DA0061856100048180${half(d)}`];
}
