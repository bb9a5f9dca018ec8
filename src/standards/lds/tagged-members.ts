import { concatBytes } from '../bytes/concat';
import { encodeHex } from '../bytes/hex';
import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { decodeAscii, decodeUtf8, encodeAscii, encodeUtf8 } from '../bytes/text';
import { encodeTag, encodeTlv, findTlv, parseTlvs, requireTlv, type Tlv } from '../tlv/tlv';

/**
 * Data groups that begin with a list of the tags in them: DG11 and DG12
 * [9303-10 §4.7.11, §4.7.12]. A table names each member, its tag and the kind of its value.
 */
export interface MemberSpec {
  readonly tag: number;
  readonly kind: MemberKind;
  /** Most bytes of a text. */
  readonly maxBytes?: number;
  /** How many digits there are. */
  readonly digits?: number;
  /** Tag of each name of a list, inside the template of the member's own tag. */
  readonly itemTag?: number;
}

/** `digits` are ASCII digits; readers take packed digits too [9303-10 §4.7.12]. */
export type MemberKind = 'text' | 'digits' | 'bytes' | 'list';

type ValueOf<Kind extends MemberKind> = Kind extends 'bytes'
  ? Uint8Array
  : Kind extends 'list'
    ? readonly string[]
    : string;

export type Members<Specs extends Readonly<Record<string, MemberSpec>>> = {
  readonly [Name in keyof Specs]?: ValueOf<Specs[Name]['kind']>;
};

/** Members as they were read, with the tags that the group lists, found or not. */
export interface ParsedMembers<Specs extends Readonly<Record<string, MemberSpec>>> {
  readonly members: Members<Specs>;
  readonly listedTags: readonly number[];
}

const TAG_LIST_TAG = 0x5c;
const COUNT_TAG = 0x02;
const MAX_LIST_ITEMS = 255;

/**
 * Tag list and members in the order of the table [9303-10 tables 72, 73].
 *
 * @throws MalformedError when a text is longer than its place allows.
 */
export function encodeMembers<Specs extends Readonly<Record<string, MemberSpec>>>(
  specs: Specs,
  members: Members<Specs>,
  place: string,
): Uint8Array {
  const tags: Uint8Array[] = [];
  const values: Uint8Array[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const value: Uint8Array | readonly string[] | string | undefined = members[name];
    if (value === undefined) continue;
    tags.push(encodeTag(spec.tag));
    values.push(encodeMember(spec, value, `${place}, ${name}`));
  }
  return concatBytes(encodeTlv(TAG_LIST_TAG, ...tags), ...values);
}

/**
 * Reads tag list and members; unknown tags are passed over [9303-10 tables 72, 73].
 *
 * @throws MalformedError
 */
export function parseMembers<Specs extends Readonly<Record<string, MemberSpec>>>(
  specs: Specs,
  content: Uint8Array,
  place: string,
): ParsedMembers<Specs> {
  const tlvs = parseTlvs(content, place);
  const found = Object.entries(specs).flatMap(([name, spec]) => {
    const value = findTlv(tlvs, spec.tag);
    return value === undefined ? [] : [[name, parseMember(spec, value, `${place}, ${name}`)]];
  });
  return {
    members: Object.fromEntries(found) as Members<Specs>,
    listedTags: parseTagList(requireTlv(tlvs, TAG_LIST_TAG, place), `${place}, tag list`),
  };
}

function encodeMember(
  spec: MemberSpec,
  value: Uint8Array | readonly string[] | string,
  place: string,
): Uint8Array {
  if (value instanceof Uint8Array) return encodeTlv(spec.tag, value);
  if (typeof value === 'string') return encodeTlv(spec.tag, encodeText(spec, value, place));
  if (value.length > MAX_LIST_ITEMS) throw new MalformedError(place, 'has more than 255 entries');
  const { itemTag = spec.tag } = spec;
  return encodeTlv(
    spec.tag,
    encodeTlv(COUNT_TAG, Uint8Array.of(value.length)),
    ...value.map((item) => encodeTlv(itemTag, encodeText(spec, item, place))),
  );
}

function encodeText(spec: MemberSpec, text: string, place: string): Uint8Array {
  if (spec.kind === 'digits') {
    if (!/^\d+$/.test(text)) throw new MalformedError(place, 'is not digits');
    if (spec.digits !== undefined && text.length !== spec.digits) {
      throw new MalformedError(place, `has ${text.length} digits instead of ${spec.digits}`);
    }
    return encodeAscii(text);
  }
  const bytes = encodeUtf8(text);
  if (bytes.length > (spec.maxBytes ?? Number.MAX_SAFE_INTEGER)) {
    throw new MalformedError(place, `is longer than ${spec.maxBytes ?? 0} bytes of UTF-8`);
  }
  return bytes;
}

function parseMember(
  spec: MemberSpec,
  value: Uint8Array,
  place: string,
): Uint8Array | readonly string[] | string {
  switch (spec.kind) {
    case 'bytes':
      return value;
    case 'text':
      return decodeUtf8(value, place);
    case 'digits':
      return parseDigits(value, place);
    case 'list':
      return parseList(parseTlvs(value, place), spec.itemTag ?? spec.tag, place);
  }
}

/** ASCII digits, or two packed digits a byte as early documents have them [9303-10 §4.7.12]. */
function parseDigits(value: Uint8Array, place: string): string {
  const ascii = value.every((byte) => byte >= 0x30 && byte <= 0x39);
  const digits = ascii ? decodeAscii(value, place) : encodeHex(value);
  if (!/^\d+$/.test(digits)) throw new MalformedError(place, 'is neither digits nor packed digits');
  return digits;
}

function parseList(tlvs: readonly Tlv[], itemTag: number, place: string): readonly string[] {
  const declared = decodeUint(requireTlv(tlvs, COUNT_TAG, place), place);
  const items = tlvs.filter(({ tag }) => tag === itemTag);
  if (declared !== items.length) {
    throw new MalformedError(place, `says ${declared} entries, ${items.length} are there`);
  }
  return items.map(({ value }) => decodeUtf8(value, place));
}

/** Tags one after the other, without lengths [ISO 7816-4 §5.2.2.1]. */
function parseTagList(bytes: Uint8Array, place: string): readonly number[] {
  const tags: number[] = [];
  let tag = 0;
  let open = false;
  for (const byte of bytes) {
    tag = open ? tag * 0x100 + byte : byte;
    open = open ? (byte & 0x80) !== 0 : (byte & 0x1f) === 0x1f;
    if (open) {
      if (tag > 0xff_ffff) throw new MalformedError(place, 'a tag is longer than 4 bytes');
      continue;
    }
    tags.push(tag);
  }
  if (open) throw new MalformedError(place, 'ends inside a tag');
  return tags;
}
