import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { encodeBlock, parseBlock, type Block } from './iso39794/block-codec';
import { FIRST_EDITION } from './iso39794/common-blocks';
import { FINGER_DATA_BLOCK, type FINGER_REPRESENTATION } from './iso39794/finger-block';

/** A finger with what is said of it; codes are numbers [ISO 39794-4]. */
export type FingerImage39794 = Block<typeof FINGER_REPRESENTATION>;

const CONTAINER = 0xa1;
const FINGER_BLOCK = 0x64;

/** The content of 7F2E for one finger [ISO 39794-4; 9303-10 §4.7.3]. */
export function encodeFingerRecord39794(finger: FingerImage39794): Uint8Array {
  const block = { version: FIRST_EDITION, representations: [finger] };
  return encodeTlv(CONTAINER, encodeTlv(FINGER_BLOCK, ...encodeBlock(FINGER_DATA_BLOCK, block)));
}

/** Reads the fingers of a data block [ISO 39794-4; 9303-10 §4.7.3]. @throws MalformedError */
export function parseFingerRecord39794(
  bytes: Uint8Array,
  place: string,
): readonly FingerImage39794[] {
  const contents = parseOnlyTlv(parseOnlyTlv(bytes, CONTAINER, place), FINGER_BLOCK, place);
  return parseBlock(FINGER_DATA_BLOCK, contents, place).representations;
}
