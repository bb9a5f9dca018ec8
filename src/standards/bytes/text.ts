import { MalformedError } from './malformed';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** @throws MalformedError when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, place = 'text'): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new MalformedError(place, 'is not UTF-8');
  }
}

/** @throws RangeError when a character is outside ASCII: the caller checks text before encoding. */
export function encodeAscii(text: string): Uint8Array {
  for (const character of text) {
    if (character.charCodeAt(0) > 0x7f) throw new RangeError('a character is outside ASCII');
  }
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** @throws MalformedError when a byte is outside ASCII. */
export function decodeAscii(bytes: Uint8Array, place = 'text'): string {
  const wrong = bytes.findIndex((byte) => byte > 0x7f);
  if (wrong >= 0) throw new MalformedError(place, 'a byte is outside ASCII', wrong);
  return Buffer.from(bytes).toString('latin1');
}
