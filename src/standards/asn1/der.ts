import { compareBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { encodeMinimalUint } from '../bytes/integer';
import { encodeAscii, encodeUtf8 } from '../bytes/text';
import { encodeTlv } from '../tlv/tlv';
import { encodeOidValue } from './oid';
import { TAG } from './tags';

/**
 * Builders of DER values; each returns tag, length and contents [X.690 §8, §10, §11].
 * They write bytes directly: a security object is built once, hashed, and never encoded again.
 */

export const derNull: Uint8Array = Uint8Array.of(TAG.null, 0);

export function derBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(TAG.boolean, 1, value ? 0xff : 0);
}

/** A non-negative INTEGER from a number, a bigint or unsigned big-endian bytes [X.690 §8.3]. */
export function derInteger(value: number | bigint | Uint8Array): Uint8Array {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 0x80) {
    return Uint8Array.of(TAG.integer, 1, value);
  }
  const unsigned =
    value instanceof Uint8Array ? stripLeadingZeros(value) : encodeMinimalUint(value);
  const sign = (unsigned[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return encodeTlv(TAG.integer, sign, unsigned);
}

/** An OBJECT IDENTIFIER from dotted decimal [X.690 §8.19]. */
export function derOid(dotted: string): Uint8Array {
  return encodeTlv(TAG.oid, encodeOidValue(dotted));
}

export function derOctetString(bytes: Uint8Array): Uint8Array {
  return encodeTlv(TAG.octetString, bytes);
}

/** A BIT STRING; `unusedBits` counts the padding bits of the last byte [X.690 §8.6]. */
export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return encodeTlv(TAG.bitString, Uint8Array.of(unusedBits), bytes);
}

/** A named-bit list without trailing zero bits [X.690 §11.2.2]; bit 0 is the leftmost. */
export function derNamedBits(...bits: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...bits);
  const bytes = new Uint8Array(Math.ceil((last + 1) / 8));
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return derBitString(bytes, bytes.length * 8 - (last + 1));
}

export function derUtf8String(text: string): Uint8Array {
  return encodeTlv(TAG.utf8String, encodeUtf8(text));
}

/** @throws RangeError when a character is outside the PrintableString alphabet [X.680 §41.4]. */
export function derPrintableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) {
    throw new RangeError('a character is outside the PrintableString alphabet');
  }
  return encodeTlv(TAG.printableString, encodeAscii(text));
}

export function derIa5String(text: string): Uint8Array {
  return encodeTlv(TAG.ia5String, encodeAscii(text));
}

/** `YYMMDDhhmmssZ`, for years 1950 to 2049 [RFC 5280 §4.1.2.5.1]. */
export function derUtcTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 2049) throw new RangeError('UTCTime holds the years 1950 to 2049');
  return encodeTlv(TAG.utcTime, encodeAscii(`${compactTime(date).slice(2)}Z`));
}

/** `YYYYMMDDhhmmssZ` without fractions [RFC 5280 §4.1.2.5.2]. */
export function derGeneralizedTime(date: Date): Uint8Array {
  return encodeTlv(TAG.generalizedTime, encodeAscii(`${compactTime(date)}Z`));
}

/** UTCTime through 2049 and GeneralizedTime afterwards [9303-12 §7.1]. */
export function derTime(date: Date): Uint8Array {
  return date.getUTCFullYear() <= 2049 ? derUtcTime(date) : derGeneralizedTime(date);
}

export function derSequence(...members: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(TAG.sequence, ...members);
}

/** A SET OF with its elements in DER order [X.690 §11.6]. */
export function derSetOf(...elements: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(TAG.set, ...elements.toSorted(compareBytes));
}

/** `[number] EXPLICIT`, or constructed IMPLICIT when the parts are the members of a structure. */
export function derContext(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0xa0 | contextNumber(number), ...parts);
}

/** `[number] IMPLICIT` on a primitive type; `contents` is the value without its own tag. */
export function derContextPrimitive(number: number, contents: Uint8Array): Uint8Array {
  return encodeTlv(0x80 | contextNumber(number), contents);
}

/** The same value under another identifier octet: how a signed attribute set changes its tag. */
export function derRetag(tag: number, encoded: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(tag), encoded.subarray(1));
}

function contextNumber(number: number): number {
  if (number < 0 || number > 30) throw new RangeError('context tags above 30 are not used here');
  return number;
}

function stripLeadingZeros(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.length === 0 ? Uint8Array.of(0) : bytes.subarray(start);
}

function compactTime(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}
