import { decodeUint, encodeMinimalUint } from '../../bytes/integer';
import { MalformedError } from '../../bytes/malformed';
import { encodeTlv, findTlv, parseTlvs } from '../../tlv/tlv';

/**
 * One member of a block of ISO/IEC 39794. All blocks are SEQUENCEs with implicit, context-specific
 * tags, so that a table says everything [ISO 39794-1]. A CHOICE is tagged explicitly although the
 * modules have implicit tags; a block with one member is encoded in the same bytes and stands for
 * it here.
 */
export type MemberSpec = ScalarSpec | BlockMemberSpec;

interface ScalarSpec {
  readonly tag: number;
  /**
   * `code` is a CHOICE of a code and an extension block with its fallback. ICAO's profile leaves
   * the extension block alone for most of them; either is read, and `code` writes the block.
   * `plain-code` writes the code itself.
   */
  readonly kind: 'uint' | 'int' | 'boolean' | 'octets' | 'code' | 'plain-code';
  readonly required?: true;
}

interface BlockMemberSpec {
  readonly tag: number;
  /** `blocks` is a SEQUENCE OF blocks; one that is required has an entry at least. */
  readonly kind: 'block' | 'blocks';
  readonly members: BlockSpec;
  readonly required?: true;
}

export type BlockSpec = Readonly<Record<string, MemberSpec>>;

type ValueOf<Spec extends MemberSpec> = Spec extends {
  kind: 'block';
  members: infer Members extends BlockSpec;
}
  ? Block<Members>
  : Spec extends { kind: 'blocks'; members: infer Members extends BlockSpec }
    ? readonly Block<Members>[]
    : Spec extends { kind: 'boolean' }
      ? boolean
      : Spec extends { kind: 'octets' }
        ? Uint8Array
        : number;

type RequiredNames<Spec extends BlockSpec> = {
  [Name in keyof Spec]: Spec[Name] extends { required: true } ? Name : never;
}[keyof Spec];

/** A block as a value: required members always, the others where they are there. */
export type Block<Spec extends BlockSpec> = {
  readonly [Name in RequiredNames<Spec>]: ValueOf<Spec[Name]>;
} & {
  readonly [Name in Exclude<keyof Spec, RequiredNames<Spec>>]?: ValueOf<Spec[Name]>;
};

type AnyValue = number | boolean | Uint8Array | AnyBlock | readonly AnyBlock[];
interface AnyBlock {
  readonly [name: string]: AnyValue | undefined;
}

const SEQUENCE = 0x30;
const MAX_BLOCKS = 1000;
const TRUE = Uint8Array.of(0xff);
const FALSE = Uint8Array.of(0);

const primitive = (tag: number): number => 0x80 | tag;
const constructed = (tag: number): number => 0xa0 | tag;

/** The contents of a block, its members in the order of the table [ISO 39794-1; X.690 §8.9]. */
export function encodeBlock<Spec extends BlockSpec>(spec: Spec, block: Block<Spec>): Uint8Array[] {
  return encodeMembers(spec, block);
}

/**
 * Reads the contents of a block. Members that the table does not know are extensions and are
 * passed over [ISO 39794-1; X.690 §8.9].
 *
 * @throws MalformedError when a required member is missing or a value is not of its kind.
 */
export function parseBlock<Spec extends BlockSpec>(
  spec: Spec,
  contents: Uint8Array,
  place: string,
): Block<Spec> {
  return parseMembers(spec, contents, place) as Block<Spec>;
}

function encodeMembers(spec: BlockSpec, block: AnyBlock): Uint8Array[] {
  return Object.entries(spec).flatMap(([name, member]) => {
    const value = block[name];
    return value === undefined ? [] : [encodeMember(member, value)];
  });
}

function encodeMember(spec: MemberSpec, value: AnyValue): Uint8Array {
  const { tag } = spec;
  switch (spec.kind) {
    case 'block':
      return encodeTlv(constructed(tag), ...encodeMembers(spec.members, value as AnyBlock));
    case 'blocks':
      return encodeTlv(
        constructed(tag),
        ...(value as readonly AnyBlock[]).map((block) =>
          encodeTlv(SEQUENCE, ...encodeMembers(spec.members, block)),
        ),
      );
    case 'boolean':
      return encodeTlv(primitive(tag), value === true ? TRUE : FALSE);
    case 'octets':
      return encodeTlv(primitive(tag), value as Uint8Array);
    case 'uint':
    case 'int':
      return encodeTlv(primitive(tag), encodeInteger(value as number));
    case 'plain-code':
      return encodeTlv(constructed(tag), encodeCode(value as number));
    case 'code':
      return encodeTlv(constructed(tag), encodeTlv(constructed(1), encodeCode(value as number)));
  }
}

function encodeCode(code: number): Uint8Array {
  return encodeTlv(primitive(0), encodeInteger(code));
}

/** Two's complement in the fewest bytes [X.690 §8.3]. */
function encodeInteger(value: number): Uint8Array {
  if (value < 0) {
    let length = 1;
    while (value < -(0x80 * 0x100 ** (length - 1))) length++;
    return encodeMinimalUint(value + 0x100 ** length);
  }
  const bytes = encodeMinimalUint(value);
  return (bytes[0] ?? 0) < 0x80 ? bytes : Uint8Array.of(0, ...bytes);
}

function parseMembers(spec: BlockSpec, contents: Uint8Array, place: string): AnyBlock {
  const tlvs = parseTlvs(contents, place);
  const members = Object.entries(spec).flatMap(([name, member]) => {
    const holds = ['uint', 'int', 'boolean', 'octets'].includes(member.kind);
    const found = findTlv(tlvs, holds ? primitive(member.tag) : constructed(member.tag));
    const inside = `${place}, ${name}`;
    const value = found === undefined ? undefined : parseMember(member, found, inside);
    if (value !== undefined) return [[name, value] as const];
    if (member.required) throw new MalformedError(inside, 'is missing');
    return [];
  });
  return Object.fromEntries(members);
}

function parseMember(spec: MemberSpec, value: Uint8Array, place: string): AnyValue | undefined {
  switch (spec.kind) {
    case 'block':
      return parseMembers(spec.members, value, place);
    case 'blocks':
      return parseBlocks(spec, value, place);
    case 'boolean':
      if (value.length !== 1) throw new MalformedError(place, 'is no BOOLEAN');
      return value[0] !== 0;
    case 'octets':
      return value;
    case 'uint':
      return decodeUint(value, place);
    case 'int':
      return decodeInteger(value, place);
    case 'plain-code':
    case 'code':
      return parseCode(value, place);
  }
}

function parseBlocks(
  { members, required }: BlockMemberSpec,
  value: Uint8Array,
  place: string,
): readonly AnyBlock[] {
  const blocks = parseTlvs(value, place);
  if (required && blocks.length === 0) throw new MalformedError(place, 'has no entry');
  if (blocks.length > MAX_BLOCKS) {
    throw new MalformedError(place, `has more than ${MAX_BLOCKS} entries`);
  }
  return blocks.map(({ tag, value: contents }, index) => {
    if (tag !== SEQUENCE) throw new MalformedError(place, `entry ${index + 1} is no SEQUENCE`);
    return parseMembers(members, contents, `${place} ${index + 1}`);
  });
}

/** The code, or the fallback of an extension block; undefined when that has none. */
function parseCode(value: Uint8Array, place: string): number | undefined {
  const tlvs = parseTlvs(value, place);
  const extension = findTlv(tlvs, constructed(1));
  const code =
    findTlv(tlvs, primitive(0)) ??
    (extension && findTlv(parseTlvs(extension, place), primitive(0)));
  return code && decodeUint(code, place);
}

function decodeInteger(bytes: Uint8Array, place: string): number {
  if (bytes.length === 0) throw new MalformedError(place, 'is an INTEGER without bytes');
  const value = decodeUint(bytes, place);
  return (bytes[0] ?? 0) < 0x80 ? value : value - 0x100 ** bytes.length;
}
