import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';

const INITIAL_VALUE = new Uint8Array(8).fill(0xa6);
const HALF_BLOCK = 8;

/**
 * A key under a key-encryption key by the AES key wrap algorithm, 8 bytes longer [RFC 3394 §2.2.1].
 *
 * @param wrappingKey of 16, 24 or 32 bytes
 * @param key of 16 bytes or more, a multiple of 8
 * @throws RangeError
 */
export function wrapAesKey(wrappingKey: Uint8Array, key: Uint8Array): Uint8Array {
  if (key.length < 2 * HALF_BLOCK || key.length % HALF_BLOCK !== 0) {
    throw new RangeError(`a key of ${key.length} bytes is not wrapped`);
  }
  const cipher = createCipheriv(algorithmOf(wrappingKey), wrappingKey, INITIAL_VALUE);
  return concatBytes(cipher.update(key), cipher.final());
}

/**
 * The key in what `wrapAesKey` made [RFC 3394 §2.2.2].
 *
 * @throws MalformedError when the length is none, or when it was wrapped under another key or was
 * changed; RangeError for a wrapping key that is none.
 */
export function unwrapAesKey(wrappingKey: Uint8Array, wrapped: Uint8Array): Uint8Array {
  if (wrapped.length < 3 * HALF_BLOCK || wrapped.length % HALF_BLOCK !== 0) {
    throw new MalformedError('wrapped key', 'its length is not 8 bytes more than that of a key');
  }
  const decipher = createDecipheriv(algorithmOf(wrappingKey), wrappingKey, INITIAL_VALUE);
  try {
    return concatBytes(decipher.update(wrapped), decipher.final());
  } catch {
    throw new MalformedError('wrapped key', 'it was wrapped under another key, or was changed');
  }
}

/** What stands before a text of any length, with the length [RFC 5649 §3]. */
const PADDED_INITIAL_VALUE = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6);

/**
 * What was wrapped with padding, of any length [RFC 5649 §4.2].
 *
 * @throws MalformedError when it was wrapped under another key or was changed; RangeError for a
 * wrapping key that is none.
 */
export function unwrapPadded(wrappingKey: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const algorithm = `${algorithmOf(wrappingKey)}-pad`;
  if (wrapped.length < 2 * HALF_BLOCK || wrapped.length % HALF_BLOCK !== 0) {
    throw new MalformedError('wrapped key', 'its length is no multiple of 8 bytes');
  }
  const decipher = createDecipheriv(algorithm, wrappingKey, PADDED_INITIAL_VALUE);
  try {
    return concatBytes(decipher.update(wrapped), decipher.final());
  } catch {
    throw new MalformedError('wrapped key', 'it was wrapped under another key, or was changed');
  }
}

function algorithmOf(wrappingKey: Uint8Array): string {
  if (![16, 24, 32].includes(wrappingKey.length)) {
    throw new RangeError(`an AES key of ${wrappingKey.length} bytes`);
  }
  return `id-aes${wrappingKey.length * 8}-wrap`;
}
