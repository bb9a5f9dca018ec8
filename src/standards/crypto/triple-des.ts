import { type Cipher, createCipheriv, createDecipheriv, type Decipher } from 'node:crypto';
import { concatBytes } from '../bytes/concat';

const NO_IV = new Uint8Array(8);

/**
 * 3DES in CBC mode without padding, with a key of 16 bytes (K1 K2 K1), 24 bytes, or 8 bytes, which
 * is single DES: OpenSSL 3 has none, and 3DES with three equal keys is the same [ISO 11568-2 §4].
 *
 * @throws RangeError when the data is not a multiple of 8 bytes.
 */
export function encryptTripleDesCbc(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  requireBlocks(plaintext);
  return allOf(createCipheriv('des-ede3-cbc', tripleKey(key), iv), plaintext);
}

/** The inverse of `encryptTripleDesCbc` [ISO 11568-2 §4]. @throws RangeError */
export function decryptTripleDesCbc(
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  requireBlocks(ciphertext);
  return allOf(createDecipheriv('des-ede3-cbc', tripleKey(key), iv), ciphertext);
}

/** Each block of 8 bytes by itself [SP 800-67 §3]. @throws RangeError */
export function encryptTripleDesEcb(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  requireBlocks(plaintext);
  return allOf(createCipheriv('des-ede3-ecb', tripleKey(key), null), plaintext);
}

/** The inverse of `encryptTripleDesEcb` [SP 800-67 §3]. @throws RangeError */
export function decryptTripleDesEcb(key: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  requireBlocks(ciphertext);
  return allOf(createDecipheriv('des-ede3-ecb', tripleKey(key), null), ciphertext);
}

/** An initialization vector of zeros, as BAC and 3DES secure messaging use [9303-11 §9.8.6.1]. */
export function zeroDesIv(): Uint8Array {
  return NO_IV.slice();
}

/** Without padding nothing is kept back for the end. */
function allOf(cipher: Cipher | Decipher, data: Uint8Array): Uint8Array {
  return new Uint8Array(cipher.setAutoPadding(false).update(data));
}

function tripleKey(key: Uint8Array): Uint8Array {
  if (key.length === 24) return key;
  if (key.length === 16) return concatBytes(key, key.subarray(0, 8));
  if (key.length === 8) return concatBytes(key, key, key);
  throw new RangeError(`a DES key of ${key.length} bytes`);
}

function requireBlocks(data: Uint8Array): void {
  if (data.length % 8 !== 0) throw new RangeError('data is not a multiple of 8 bytes');
}
