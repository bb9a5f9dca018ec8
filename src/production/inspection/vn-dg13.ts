import {
  derChildren,
  type DerNode,
  expectTag,
  parseDer,
  readSequence,
  readSet,
  readSmallInteger,
  readText,
} from '../../standards/asn1/read';
import { TAG } from '../../standards/asn1/tags';
import { MalformedError } from '../../standards/bytes/malformed';
import { LDS_FILE_TABLE } from '../../standards/lds/lds-file-table';
import { parseOnlyTlv } from '../../standards/tlv/tlv';

/** Items of the national data group of Vietnam by their number, see docs/vn-cccd-2021.md. */
const ITEM_NAMES = {
  1: 'personalNumber',
  2: 'fullName',
  3: 'dateOfBirth',
  4: 'sex',
  5: 'nationality',
  6: 'ethnicity',
  7: 'religion',
  8: 'placeOfOrigin',
  9: 'placeOfResidence',
  10: 'identifyingFeatures',
  11: 'dateOfIssue',
  12: 'dateOfExpiry',
  13: 'parents',
  14: 'spouse',
  15: 'oldIdNumber',
  16: 'cardCode',
} as const;

type ItemNumber = keyof typeof ITEM_NAMES;

/** Texts by name; an item that stands there without a value is an empty text. */
export type VnDg13 = Readonly<Partial<Record<(typeof ITEM_NAMES)[ItemNumber], string>>>;

const PLACE = 'EF.DG13';

/**
 * Reads EF.DG13 in its Vietnamese structure: a SEQUENCE of version, character set and a SET of
 * numbered items in the order of their numbers. Other issuers put other things there.
 *
 * @throws MalformedError when the group has another structure.
 */
export function parseVnDg13(bytes: Uint8Array): VnDg13 {
  const content = parseOnlyTlv(bytes, LDS_FILE_TABLE['EF.DG13'].tag, PLACE);
  const [version, charset, items] = readSequence(parseDer(content, PLACE), PLACE);
  if (readSmallInteger(version, PLACE) !== 1) throw new MalformedError(PLACE, 'is not version 1');
  expectTag(charset, TAG.oid, `${PLACE}, character set`);
  const texts = readSet(items, PLACE).map((item) => {
    const [number, ...values] = readSequence(item, `${PLACE}, item`);
    const index = readSmallInteger(number, `${PLACE}, item number`);
    if (!(index in ITEM_NAMES)) throw new MalformedError(PLACE, `${index} is no item`);
    return [ITEM_NAMES[index as ItemNumber], values.map(textOf).join('; ')] as const;
  });
  return Object.fromEntries(texts);
}

function textOf(node: DerNode): string {
  return node.tag === TAG.sequence
    ? derChildren(node).map(textOf).join('; ')
    : readText(node, PLACE);
}
