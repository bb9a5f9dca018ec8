import { MalformedError } from '../bytes/malformed';
import { decodeAscii, encodeAscii } from '../bytes/text';
import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';

const PLACE = 'EF.DG1';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG1'];
const MRZ_TAG = 0x5f1f;
const MRZ_TEXT = /^(?:[A-Z0-9<]{72}|[A-Z0-9<]{88}|[A-Z0-9<]{90})$/;

/**
 * EF.DG1: the MRZ exactly as printed [9303-10 §4.7.1].
 *
 * @param lines of the MRZ, without line breaks
 * @throws RangeError when they are not 72, 88 or 90 characters of an MRZ together.
 */
export function encodeDg1(lines: readonly string[]): Uint8Array {
  const text = lines.join('');
  if (!MRZ_TEXT.test(text)) throw new RangeError('the lines are no MRZ');
  return encodeTlv(TAG, encodeTlv(MRZ_TAG, encodeAscii(text)));
}

/**
 * The MRZ in EF.DG1, its lines one after the other; check digits are left to `parseMrz`
 * [9303-10 §4.7.1].
 *
 * @throws MalformedError
 */
export function parseDg1(bytes: Uint8Array): string {
  const value = parseOnlyTlv(parseOnlyTlv(bytes, TAG, PLACE), MRZ_TAG, PLACE);
  const text = decodeAscii(value, PLACE);
  if (!MRZ_TEXT.test(text)) {
    throw new MalformedError(PLACE, 'is not 72, 88 or 90 characters of an MRZ');
  }
  return text;
}
