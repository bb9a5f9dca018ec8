import { decodeBigUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { decodeAscii, decodeUtf8 } from '../bytes/text';
import { encodeTlvLength, formatTag, parseTlv, type Tlv } from '../tlv/tlv';
import { decodeOidValue } from './oid';
import { TAG } from './tags';

/** One DER value: identifier octet, contents, the whole as found, and how deep it stands. */
export interface DerNode {
  readonly tag: number;
  readonly value: Uint8Array;
  readonly raw: Uint8Array;
  readonly place: string;
}

const MAX_CHILDREN = 4096;

/**
 * The one value that fills `bytes` [X.690 §10].
 *
 * @param place names the structure in errors
 * @throws MalformedError when bytes are left over or a length is not minimal.
 */
export function parseDer(bytes: Uint8Array, place: string): DerNode {
  const node = nodeFrom(parseTlv(bytes, place), place);
  if (node.raw.length !== bytes.length) {
    throw new MalformedError(place, `${bytes.length - node.raw.length} bytes follow after its end`);
  }
  return node;
}

/** The members of a constructed value in their order. @throws MalformedError */
export function derChildren(node: DerNode): readonly DerNode[] {
  if ((node.tag & 0x20) === 0) throw new MalformedError(node.place, 'is not constructed');
  const children: DerNode[] = [];
  for (let offset = 0; offset < node.value.length;) {
    if (children.length >= MAX_CHILDREN) {
      throw new MalformedError(node.place, `has more than ${MAX_CHILDREN} members`);
    }
    const child = nodeFrom(parseTlv(node.value, node.place, offset), node.place);
    children.push(child);
    offset += child.raw.length;
  }
  return children;
}

/** The node itself when it has the tag. @throws MalformedError */
export function expectTag(node: DerNode | undefined, tag: number, place: string): DerNode {
  if (node === undefined) throw new MalformedError(place, 'is missing');
  if (node.tag !== tag) {
    throw new MalformedError(place, `tag ${formatTag(node.tag)} where ${formatTag(tag)} belongs`);
  }
  return { ...node, place };
}

/** The members of a SEQUENCE. @throws MalformedError */
export function readSequence(node: DerNode | undefined, place: string): readonly DerNode[] {
  return derChildren(expectTag(node, TAG.sequence, place));
}

/** The members of a SET, in the order found. @throws MalformedError */
export function readSet(node: DerNode | undefined, place: string): readonly DerNode[] {
  return derChildren(expectTag(node, TAG.set, place));
}

/** A non-negative INTEGER. @throws MalformedError when negative, empty or not minimal. */
export function readInteger(node: DerNode | undefined, place: string): bigint {
  const { value } = expectTag(node, TAG.integer, place);
  const [first, second] = value;
  if (first === undefined) throw new MalformedError(place, 'is an empty INTEGER');
  if (first >= 0x80) throw new MalformedError(place, 'is negative');
  if (first === 0 && second !== undefined && second < 0x80) {
    throw new MalformedError(place, 'is an INTEGER with needless leading zeros');
  }
  return decodeBigUint(value);
}

/** A small non-negative INTEGER. @throws MalformedError when above 2^31 - 1. */
export function readSmallInteger(node: DerNode | undefined, place: string): number {
  const value = readInteger(node, place);
  if (value > 0x7fff_ffffn) throw new MalformedError(place, 'is too large');
  return Number(value);
}

/** An OBJECT IDENTIFIER as dotted decimal. @throws MalformedError */
export function readOid(node: DerNode | undefined, place: string): string {
  return decodeOidValue(expectTag(node, TAG.oid, place).value, place);
}

export function readOctetString(node: DerNode | undefined, place: string): Uint8Array {
  return expectTag(node, TAG.octetString, place).value;
}

/** A BIT STRING of whole bytes. @throws MalformedError when bits are unused. */
export function readBitString(node: DerNode | undefined, place: string): Uint8Array {
  const { value } = expectTag(node, TAG.bitString, place);
  if (value[0] !== 0) throw new MalformedError(place, 'is a BIT STRING with unused bits');
  return value.subarray(1);
}

/** PrintableString, UTF8String, IA5String or TeletexString as text. @throws MalformedError */
export function readText(node: DerNode | undefined, place: string): string {
  if (node === undefined) throw new MalformedError(place, 'is missing');
  switch (node.tag) {
    case TAG.utf8String:
      return decodeUtf8(node.value, place);
    case TAG.printableString:
    case TAG.ia5String:
      return decodeAscii(node.value, place);
    case TAG.teletexString:
      return Buffer.from(node.value).toString('latin1');
    default:
      throw new MalformedError(place, `tag ${formatTag(node.tag)} is no text`);
  }
}

/** UTCTime or GeneralizedTime with seconds and Z [9303-12 §7.1]. @throws MalformedError */
export function readTime(node: DerNode | undefined, place: string): Date {
  if (node === undefined) throw new MalformedError(place, 'is missing');
  const text = decodeAscii(node.value, place);
  const full =
    node.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(full);
  if (![TAG.utcTime, TAG.generalizedTime].some((tag) => tag === node.tag) || match === null) {
    throw new MalformedError(place, 'is no time with seconds and Z');
  }
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date.getTime())) throw new MalformedError(place, 'is no moment of the calendar');
  return date;
}

function nodeFrom(tlv: Tlv, place: string): DerNode {
  if (tlv.tag > 0xff) throw new MalformedError(place, 'a tag number above 30', tlv.offset);
  const lengthOctets = tlv.raw.length - tlv.value.length - 1;
  if (lengthOctets !== encodeTlvLength(tlv.value.length).length) {
    throw new MalformedError(place, 'a length is not minimal (BER, not DER)', tlv.offset);
  }
  return { tag: tlv.tag, value: tlv.value, raw: tlv.raw, place };
}
