import { encryptAesCbc } from '../crypto/aes';
import { encryptTripleDesEcb } from '../crypto/triple-des';

/**
 * Keys and secrets inside a command under the data encryption key of SCP03, the static K-DEK:
 * AES-CBC that begins with zeros [GPC-D §6.2.8].
 *
 * @param data a multiple of 16 bytes
 * @throws RangeError
 */
export function encryptForScp03(dataEncryptionKey: Uint8Array, data: Uint8Array): Uint8Array {
  return encryptAesCbc(dataEncryptionKey, new Uint8Array(16), data);
}

/**
 * Keys and secrets inside a command under the data encryption key of SCP02, a session key: 3DES
 * block by block [GPC-C §E.4.7].
 *
 * @param data a multiple of 8 bytes
 * @throws RangeError
 */
export function encryptForScp02(sessionKey: Uint8Array, data: Uint8Array): Uint8Array {
  return encryptTripleDesEcb(sessionKey, data);
}
