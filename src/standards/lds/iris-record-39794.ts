import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { encodeBlock, parseBlock, type Block } from './iso39794/block-codec';
import { FIRST_EDITION } from './iso39794/common-blocks';
import { IRIS_DATA_BLOCK, type IRIS_REPRESENTATION } from './iso39794/iris-block';

/** An iris with what is said of it; codes are numbers [ISO 39794-6]. */
export type IrisImage39794 = Block<typeof IRIS_REPRESENTATION>;

const CONTAINER = 0xa1;
const IRIS_BLOCK = 0x66;

/** The content of 7F2E for one iris [ISO 39794-6; 9303-10 §4.7.4]. */
export function encodeIrisRecord39794(iris: IrisImage39794): Uint8Array {
  const block = { version: FIRST_EDITION, representations: [iris] };
  return encodeTlv(CONTAINER, encodeTlv(IRIS_BLOCK, ...encodeBlock(IRIS_DATA_BLOCK, block)));
}

/** Reads the irises of a data block [ISO 39794-6; 9303-10 §4.7.4]. @throws MalformedError */
export function parseIrisRecord39794(bytes: Uint8Array, place: string): readonly IrisImage39794[] {
  const contents = parseOnlyTlv(parseOnlyTlv(bytes, CONTAINER, place), IRIS_BLOCK, place);
  return parseBlock(IRIS_DATA_BLOCK, contents, place).representations;
}
