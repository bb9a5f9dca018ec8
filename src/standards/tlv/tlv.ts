import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';

/** One BER-TLV data object as it stands in its surroundings [ISO 7816-4 §5.2.2]. */
export interface Tlv {
  /** Identifier octets as one number, for instance `0x5f1f`. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** Tag, length and value exactly as found. */
  readonly raw: Uint8Array;
  /** Where `raw` starts in the parsed bytes. */
  readonly offset: number;
}

const MAX_LENGTH_OCTETS = 4;
const MAX_TAG_OCTETS = 4;

/** Length octets in the definite form with the fewest bytes [X.690 §10.1]. */
export function encodeTlvLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  if (length < 0x1_0000) return Uint8Array.of(0x82, length >> 8, length & 0xff);
  if (length < 0x100_0000) {
    return Uint8Array.of(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff);
  }
  return Uint8Array.of(
    0x84,
    (length >>> 24) & 0xff,
    (length >> 16) & 0xff,
    (length >> 8) & 0xff,
    length & 0xff,
  );
}

/** Identifier octets of a tag given as one number. */
export function encodeTag(tag: number): Uint8Array {
  if (tag < 0x100) return Uint8Array.of(tag);
  const octets: number[] = [];
  for (let rest = tag; rest > 0; rest = Math.floor(rest / 0x100)) octets.unshift(rest % 0x100);
  return Uint8Array.from(octets);
}

/** Tag and minimal length octets, without the value. */
export function encodeTlvHeader(tag: number, length: number): Uint8Array {
  if (tag < 0x100 && length < 0x80) return Uint8Array.of(tag, length);
  return concatBytes(encodeTag(tag), encodeTlvLength(length));
}

/** Tag, minimal length and the parts as one value. */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  // The short form without a header of its own: signed data is built of dozens of small values.
  const isShort = tag < 0x100 && length < 0x80;
  const header = isShort ? undefined : encodeTlvHeader(tag, length);
  let offset = header?.length ?? 2;
  const whole = new Uint8Array(offset + length);
  if (header === undefined) {
    whole[0] = tag;
    whole[1] = length;
  } else whole.set(header);
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * The same value in parts, header first, not yet joined. Deeply nested structures are wrapped
 * level by level and copied once, at the end.
 */
export function wrapTlv(tag: number, parts: readonly Uint8Array[]): readonly Uint8Array[] {
  let length = 0;
  for (const part of parts) length += part.length;
  return [encodeTlvHeader(tag, length), ...parts];
}

/** Tag and length at the start of some bytes, of a file whose end may not have been read yet. */
export interface TlvHeader {
  readonly tag: number;
  readonly lengthBytes: number;
  readonly headerBytes: number;
}

/**
 * Reads tag and length at `offset`; the value need not be there. Indefinite lengths are refused.
 *
 * @throws MalformedError
 */
export function parseTlvHeader(bytes: Uint8Array, place: string, offset = 0): TlvHeader {
  const at = (index: number): number => {
    const byte = bytes[index];
    if (byte === undefined) throw new MalformedError(place, 'ends inside a tag or length', index);
    return byte;
  };
  let cursor = offset;
  let tag = at(cursor++);
  if ((tag & 0x1f) === 0x1f) {
    let octet: number;
    do {
      if (cursor - offset >= MAX_TAG_OCTETS) {
        throw new MalformedError(place, `a tag is longer than ${MAX_TAG_OCTETS} bytes`, offset);
      }
      octet = at(cursor++);
      tag = tag * 0x100 + octet;
    } while ((octet & 0x80) !== 0);
  }
  const first = at(cursor++);
  if (first < 0x80) return { tag, lengthBytes: first, headerBytes: cursor - offset };
  const octets = first & 0x7f;
  if (octets === 0) throw new MalformedError(place, 'a length is indefinite', cursor - 1);
  if (octets > MAX_LENGTH_OCTETS) {
    throw new MalformedError(
      place,
      `a length has more than ${MAX_LENGTH_OCTETS} bytes`,
      cursor - 1,
    );
  }
  let lengthBytes = 0;
  for (let index = 0; index < octets; index++) lengthBytes = lengthBytes * 0x100 + at(cursor++);
  return { tag, lengthBytes, headerBytes: cursor - offset };
}

/**
 * The data object at `offset`.
 *
 * @param place names the structure in errors
 * @throws MalformedError when the object does not end inside `bytes`.
 */
export function parseTlv(bytes: Uint8Array, place: string, offset = 0): Tlv {
  const header = parseTlvHeader(bytes, place, offset);
  const start = offset + header.headerBytes;
  const end = start + header.lengthBytes;
  if (end > bytes.length) {
    throw new MalformedError(
      place,
      `tag ${formatTag(header.tag)} says ${header.lengthBytes} bytes, ${bytes.length - start} are there`,
      offset,
    );
  }
  return {
    tag: header.tag,
    value: bytes.subarray(start, end),
    raw: bytes.subarray(offset, end),
    offset,
  };
}

/**
 * All data objects one after the other, up to the last byte.
 *
 * @throws MalformedError when bytes are left that form no object.
 */
export function parseTlvs(bytes: Uint8Array, place: string): readonly Tlv[] {
  const found: Tlv[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const tlv = parseTlv(bytes, place, offset);
    found.push(tlv);
    offset += tlv.raw.length;
  }
  return found;
}

/**
 * Exactly one data object with this tag and nothing behind it; its value.
 *
 * @throws MalformedError
 */
export function parseOnlyTlv(bytes: Uint8Array, tag: number, place: string): Uint8Array {
  const tlv = parseTlv(bytes, place);
  if (tlv.tag !== tag) {
    throw new MalformedError(place, `tag ${formatTag(tlv.tag)} where ${formatTag(tag)} belongs`, 0);
  }
  if (tlv.raw.length !== bytes.length) {
    throw new MalformedError(
      place,
      `${bytes.length - tlv.raw.length} bytes follow after its end`,
      tlv.raw.length,
    );
  }
  return tlv.value;
}

/** The value of the first object with this tag, if there is one. */
export function findTlv(tlvs: readonly Tlv[], tag: number): Uint8Array | undefined {
  return tlvs.find((tlv) => tlv.tag === tag)?.value;
}

/** The value of the first object with this tag. @throws MalformedError when it is absent. */
export function requireTlv(tlvs: readonly Tlv[], tag: number, place: string): Uint8Array {
  const value = findTlv(tlvs, tag);
  if (value === undefined) throw new MalformedError(place, `tag ${formatTag(tag)} is missing`);
  return value;
}

/** A tag as people write it, `5F1F`. */
export function formatTag(tag: number): string {
  const hex = tag.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}
