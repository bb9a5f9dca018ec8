import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concatBytes } from '../bytes/concat';

/**
 * AES in CBC mode without padding; key of 16, 24 or 32 bytes [SP 800-38A §6.2].
 *
 * @throws RangeError when the data is not a multiple of 16 bytes.
 */
export function encryptAesCbc(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  requireBlocks(plaintext);
  const cipher = createCipheriv(`aes-${keyBits(key)}-cbc`, key, iv).setAutoPadding(false);
  return concatBytes(cipher.update(plaintext), cipher.final());
}

/** The inverse of `encryptAesCbc` [SP 800-38A §6.2]. @throws RangeError */
export function decryptAesCbc(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  requireBlocks(ciphertext);
  const decipher = createDecipheriv(`aes-${keyBits(key)}-cbc`, key, iv).setAutoPadding(false);
  return concatBytes(decipher.update(ciphertext), decipher.final());
}

/** Each block of 16 bytes by itself [SP 800-38A §6.1]. @throws RangeError */
export function encryptAesEcb(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  requireBlocks(plaintext);
  const cipher = createCipheriv(`aes-${keyBits(key)}-ecb`, key, null).setAutoPadding(false);
  return concatBytes(cipher.update(plaintext), cipher.final());
}

/** The inverse of `encryptAesEcb` [SP 800-38A §6.1]. @throws RangeError */
export function decryptAesEcb(key: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  requireBlocks(ciphertext);
  const decipher = createDecipheriv(`aes-${keyBits(key)}-ecb`, key, null).setAutoPadding(false);
  return concatBytes(decipher.update(ciphertext), decipher.final());
}

function keyBits(key: Uint8Array): number {
  if (![16, 24, 32].includes(key.length)) throw new RangeError(`an AES key of ${key.length} bytes`);
  return key.length * 8;
}

function requireBlocks(data: Uint8Array): void {
  if (data.length % 16 !== 0) throw new RangeError('data is not a multiple of 16 bytes');
}
