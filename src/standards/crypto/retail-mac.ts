import { padIso } from './iso-padding';
import { encryptTripleDesCbc, zeroDesIv } from './triple-des';

const BLOCK_BYTES = 8;

/**
 * The retail MAC of 8 bytes: single DES in CBC mode under the first half of the 16 byte key, the
 * last block decrypted under the second half and encrypted under the first. The message is padded
 * here [ISO 9797-1 §7.3 algorithm 3, §6.3.3 padding method 2].
 */
export function computeRetailMac(key: Uint8Array, message: Uint8Array): Uint8Array {
  if (key.length !== 16) throw new RangeError(`a retail MAC key of ${key.length} bytes`);
  const padded = padIso(message, BLOCK_BYTES);
  const [before, last] = [padded.subarray(0, -BLOCK_BYTES), padded.subarray(-BLOCK_BYTES)];
  const chained = encryptTripleDesCbc(key.subarray(0, BLOCK_BYTES), zeroDesIv(), before);
  // What single DES does to the last block, and what follows it, together are 3DES of two keys.
  const iv = before.length === 0 ? zeroDesIv() : chained.subarray(-BLOCK_BYTES);
  return encryptTripleDesCbc(key, iv, last);
}
