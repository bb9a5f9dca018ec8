import { encryptAesEcb } from '../crypto/aes';
import { encryptTripleDesEcb } from '../crypto/triple-des';

const KCV_BYTES = 3;

/** The key check value of an AES key: 3 bytes of 16 encrypted bytes 01 [GPC-C §B.6]. */
export function computeAesKcv(key: Uint8Array): Uint8Array {
  return encryptAesEcb(key, new Uint8Array(16).fill(0x01)).subarray(0, KCV_BYTES);
}

/** The key check value of a DES key: 3 bytes of 8 encrypted zero bytes [GPC-C §B.6]. */
export function computeTripleDesKcv(key: Uint8Array): Uint8Array {
  return encryptTripleDesEcb(key, new Uint8Array(8)).subarray(0, KCV_BYTES);
}

/** The ciphers of card keys. */
export type CardKeyCipher = 'aes' | '3des';

/** The check value of a card key, by its cipher [GPC-C §B.6]. */
export function computeKcv(cipher: CardKeyCipher, key: Uint8Array): Uint8Array {
  return cipher === 'aes' ? computeAesKcv(key) : computeTripleDesKcv(key);
}

/** The block whose encryption begins with the check value [GPC-C §B.6]. */
export function kcvBlock(cipher: CardKeyCipher): Uint8Array {
  return cipher === 'aes' ? new Uint8Array(16).fill(0x01) : new Uint8Array(8);
}
