import { MalformedError } from './malformed';

/** Bytes as upper-case hexadecimal without separators. */
export function encodeHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('hex')
    .toUpperCase();
}

/**
 * Hexadecimal to bytes. White space is allowed between bytes; anything else is refused.
 *
 * @throws MalformedError naming the first position that is not hexadecimal.
 */
export function decodeHex(hex: string, place = 'hexadecimal text'): Uint8Array {
  const digits = hex.replaceAll(/\s+/g, '');
  const wrong = digits.search(/[^0-9A-Fa-f]/);
  if (wrong >= 0) throw new MalformedError(place, 'a character is not a hexadecimal digit', wrong);
  if (digits.length % 2 !== 0) throw new MalformedError(place, 'an odd number of digits');
  return new Uint8Array(Buffer.from(digits, 'hex'));
}
