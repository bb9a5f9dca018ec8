import { padIso } from './iso-padding';
import {
  decryptTripleDesEcb,
  encryptTripleDesCbc,
  encryptTripleDesEcb,
  zeroDesIv,
} from './triple-des';

/**
 * The retail MAC of 8 bytes: single DES in CBC mode under the first half of the 16 byte key, the
 * last block decrypted under the second half and encrypted under the first. The message is padded
 * here [ISO 9797-1 §7.3 algorithm 3, §6.3.3 padding method 2].
 */
export function computeRetailMac(key: Uint8Array, message: Uint8Array): Uint8Array {
  if (key.length !== 16) throw new RangeError(`a retail MAC key of ${key.length} bytes`);
  const first = key.subarray(0, 8);
  const last = encryptTripleDesCbc(first, zeroDesIv(), padIso(message, 8)).subarray(-8);
  return encryptTripleDesEcb(first, decryptTripleDesEcb(key.subarray(8), last));
}
