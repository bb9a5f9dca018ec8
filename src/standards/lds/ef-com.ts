import { MalformedError } from '../bytes/malformed';
import { decodeAscii, encodeAscii } from '../bytes/text';
import { encodeTlv, parseOnlyTlv, parseTlvs, requireTlv } from '../tlv/tlv';
import { dataGroupOfTag, dataGroupTag, LDS_FILE_TABLE } from './lds-file-table';

/** EF.COM: versions and the data groups on the chip [9303-10 §4.6.1]. */
export interface EfCom {
  /** Four digits, `0107`. */
  readonly ldsVersion: string;
  /** Six digits, `040000`. */
  readonly unicodeVersion: string;
  /** Numbers of the data groups in the order of the list. */
  readonly dataGroups: readonly number[];
}

/** What an EF.COM on a chip says; old chips list tags that belong to no data group. */
export interface ParsedEfCom extends EfCom {
  readonly unknownTags: readonly number[];
}

const PLACE = 'EF.COM';
const { tag: TAG } = LDS_FILE_TABLE['EF.COM'];
const LDS_VERSION_TAG = 0x5f01;
const UNICODE_VERSION_TAG = 0x5f36;
const TAG_LIST_TAG = 0x5c;

/**
 * EF.COM [9303-10 §4.6.1].
 *
 * @throws RangeError when a version is not four and six digits or a data group not 1 to 16.
 */
export function encodeEfCom({ ldsVersion, unicodeVersion, dataGroups }: EfCom): Uint8Array {
  if (!/^\d{4}$/.test(ldsVersion) || !/^\d{6}$/.test(unicodeVersion)) {
    throw new RangeError('LDS and Unicode version are four and six digits');
  }
  return encodeTlv(
    TAG,
    encodeTlv(LDS_VERSION_TAG, encodeAscii(ldsVersion)),
    encodeTlv(UNICODE_VERSION_TAG, encodeAscii(unicodeVersion)),
    encodeTlv(TAG_LIST_TAG, Uint8Array.from(dataGroups.map(dataGroupTag))),
  );
}

/** Reads EF.COM [9303-10 §4.6.1]. @throws MalformedError */
export function parseEfCom(bytes: Uint8Array): ParsedEfCom {
  const members = parseTlvs(parseOnlyTlv(bytes, TAG, PLACE), PLACE);
  const digits = (tag: number, count: number, name: string): string => {
    const text = decodeAscii(requireTlv(members, tag, PLACE), `${PLACE}, ${name}`);
    if (text.length === count && /^\d+$/.test(text)) return text;
    throw new MalformedError(`${PLACE}, ${name}`, `is not ${count} digits`);
  };
  const tags = [...requireTlv(members, TAG_LIST_TAG, PLACE)];
  return {
    ldsVersion: digits(LDS_VERSION_TAG, 4, 'LDS version'),
    unicodeVersion: digits(UNICODE_VERSION_TAG, 6, 'Unicode version'),
    dataGroups: tags.flatMap((tag) => dataGroupOfTag(tag) ?? []),
    unknownTags: tags.filter((tag) => dataGroupOfTag(tag) === undefined),
  };
}
