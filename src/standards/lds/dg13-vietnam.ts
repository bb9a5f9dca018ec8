import { derInteger, derOid, derPrintableString, derSequence, derUtf8String } from '../asn1/der';
import {
  derChildren,
  parseDer,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readText,
  type DerNode,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';

/**
 * What the Vietnamese identity card says in DG13, which Doc 9303 leaves to the issuer
 * [9303-10 §4.7.13]. No text of the structure is published; it was found by reading the programs
 * that read these cards, see docs/vn-cccd-2021.md.
 */
export interface VietnameseDetails {
  readonly idNumber?: string;
  readonly fullName?: string;
  /** `dd/mm/yyyy`. */
  readonly dateOfBirth?: string;
  readonly gender?: string;
  readonly nationality?: string;
  readonly ethnicity?: string;
  readonly religion?: string;
  readonly placeOfOrigin?: string;
  readonly placeOfResidence?: string;
  readonly identifyingFeatures?: string;
  /** `dd/mm/yyyy`. */
  readonly dateOfIssue?: string;
  /** `dd/mm/yyyy`, or words where the card does not expire. */
  readonly dateOfExpiry?: string;
  readonly father?: string;
  readonly mother?: string;
  readonly spouse?: string;
  readonly oldIdNumber?: string;
  /** Sixteen hexadecimal digits of unknown meaning. */
  readonly cardReference?: string;
}

/** Where public readers disagree; the defaults are what most of them read. */
export interface VietnameseDetailsForm {
  /** Father and mother each in a SEQUENCE of their own, or both in one. */
  readonly parents: 'siblings' | 'nested';
  /** An item without value keeps its number, or is left out. */
  readonly absent: 'numbered' | 'omitted';
}

interface ItemRow {
  readonly index: number;
  readonly form: 'printable' | 'utf8' | 'names';
  readonly members: readonly (keyof VietnameseDetails)[];
}

/** Items in the order of their numbers, which is not the order that DER gives a SET. */
const ITEMS: readonly ItemRow[] = [
  { index: 1, form: 'printable', members: ['idNumber'] },
  { index: 2, form: 'utf8', members: ['fullName'] },
  { index: 3, form: 'printable', members: ['dateOfBirth'] },
  { index: 4, form: 'utf8', members: ['gender'] },
  { index: 5, form: 'utf8', members: ['nationality'] },
  { index: 6, form: 'utf8', members: ['ethnicity'] },
  { index: 7, form: 'utf8', members: ['religion'] },
  { index: 8, form: 'utf8', members: ['placeOfOrigin'] },
  { index: 9, form: 'utf8', members: ['placeOfResidence'] },
  { index: 10, form: 'utf8', members: ['identifyingFeatures'] },
  { index: 11, form: 'printable', members: ['dateOfIssue'] },
  { index: 12, form: 'utf8', members: ['dateOfExpiry'] },
  { index: 13, form: 'names', members: ['father', 'mother'] },
  { index: 14, form: 'names', members: ['spouse'] },
  { index: 15, form: 'printable', members: ['oldIdNumber'] },
  { index: 16, form: 'printable', members: ['cardReference'] },
];

const PLACE = 'EF.DG13';
const { tag: DG13_TAG } = LDS_FILE_TABLE['EF.DG13'];
const VERSION = 1;
/** The transfer syntax UTF-8 of ISO/IEC 10646. */
const UTF8_OID = '1.0.10646.1.0.8';
const DEFAULT_FORM: VietnameseDetailsForm = { parents: 'siblings', absent: 'numbered' };
const MAX_SHORT_LENGTH = 0x7f;

/**
 * EF.DG13 of the Vietnamese identity card, texts in NFC [9303-10 §4.7.13].
 *
 * @throws MalformedError when an item of digits and dates has other characters.
 */
export function encodeVietnameseDetails(
  details: VietnameseDetails,
  form: VietnameseDetailsForm = DEFAULT_FORM,
): Uint8Array {
  const items = ITEMS.filter(
    (item) => form.absent === 'numbered' || item.members.some((name) => has(details, name)),
  ).map((item) => encodeItem(item, details, form));
  return encodeTlv(
    DG13_TAG,
    derSequence(derInteger(VERSION), derOid(UTF8_OID), encodeTlv(TAG.set, ...items)),
  );
}

/**
 * Members whose item is longer than 127 bytes. Public readers take every length for one byte and
 * find nothing behind such an item [9303-10 §4.7.13].
 */
export function listLongVietnameseItems(
  details: VietnameseDetails,
): readonly (keyof VietnameseDetails)[] {
  return ITEMS.filter(
    (item) => encodeItem(item, details, DEFAULT_FORM).length > MAX_SHORT_LENGTH + 2,
  ).flatMap(({ members }) => members.filter((name) => has(details, name)));
}

/**
 * Reads EF.DG13 of a Vietnamese identity card in every known form: parents as siblings or nested,
 * items numbered or left out, in any order [9303-10 §4.7.13].
 *
 * @throws MalformedError when it is another structure, or an item occurs twice.
 */
export function parseVietnameseDetails(bytes: Uint8Array): VietnameseDetails {
  const outer = parseDer(parseOnlyTlv(bytes, DG13_TAG, PLACE), PLACE);
  const [version, syntax, set] = readSequence(outer, PLACE);
  if (readSmallInteger(version, `${PLACE}, version`) !== VERSION) {
    throw new MalformedError(`${PLACE}, version`, 'is not 1');
  }
  if (readOid(syntax, `${PLACE}, syntax`) !== UTF8_OID) {
    throw new MalformedError(`${PLACE}, syntax`, 'is not UTF-8');
  }
  const details: { -readonly [Name in keyof VietnameseDetails]: string } = {};
  const seen = new Set<number>();
  for (const node of readSet(set, PLACE)) {
    const [number, ...values] = readSequence(node, `${PLACE}, item`);
    const index = readSmallInteger(number, `${PLACE}, number of an item`);
    const item = ITEMS.find((row) => row.index === index);
    if (item === undefined) throw new MalformedError(PLACE, `there is no item ${index}`);
    if (seen.has(index)) throw new MalformedError(PLACE, `item ${index} occurs twice`);
    seen.add(index);
    readItem(item, values).forEach((text, position) => {
      const name = item.members[position];
      if (name !== undefined && text !== '') details[name] = text;
    });
  }
  return details;
}

function has(details: VietnameseDetails, name: keyof VietnameseDetails): boolean {
  return (details[name] ?? '') !== '';
}

function encodeItem(
  { index, form, members }: ItemRow,
  details: VietnameseDetails,
  { parents }: VietnameseDetailsForm,
): Uint8Array {
  const number = derInteger(index);
  if (!members.some((name) => has(details, name))) return derSequence(number);
  const texts = members.map((name) => (details[name] ?? '').normalize('NFC'));
  if (form === 'names') {
    const encoded = texts.map((text) => derUtf8String(text));
    return parents === 'nested'
      ? derSequence(number, derSequence(...encoded))
      : derSequence(number, ...encoded.map((text) => derSequence(text)));
  }
  const [text = ''] = texts;
  if (form === 'utf8') return derSequence(number, derUtf8String(text));
  if (!/^[0-9A-Za-z/.\- ]*$/.test(text)) {
    throw new MalformedError(`${PLACE}, ${members.join()}`, 'has other than digits and letters');
  }
  return derSequence(number, derPrintableString(text));
}

/** The texts of an item, whatever SEQUENCEs stand around them. */
function readItem({ index, members }: ItemRow, values: readonly DerNode[]): readonly string[] {
  const place = `${PLACE}, item ${index}`;
  const texts = values.flatMap((value) =>
    value.tag === TAG.sequence
      ? derChildren(value).map((child) => readText(child, place))
      : [readText(value, place)],
  );
  if (texts.length > members.length) throw new MalformedError(place, 'has too many values');
  return texts;
}
