import { encodeUint } from '../bytes/integer';
import { digestBytes } from './digest-algorithms';
import { SESSION_CIPHERS, type SessionCipherName } from './session-cipher';

/** The counter that separates the keys derived from one secret [9303-11 §9.7.1]. */
export const KEY_PURPOSE = { encryption: 1, mac: 2, password: 3 } as const;

export type DerivedKeyPurpose = keyof typeof KEY_PURPOSE;

/**
 * KDF(K, c): the hash over the secret and a 32 bit counter, cut to the length of the key; keys for
 * 3DES get odd parity [9303-11 §9.7.1].
 *
 * @param secret a key seed, a shared secret or an encoded password
 */
export function deriveKey(
  cipher: SessionCipherName,
  secret: Uint8Array,
  purpose: DerivedKeyPurpose,
): Uint8Array {
  const { keyBytes, derivationDigest } = SESSION_CIPHERS[cipher];
  const hash = digestBytes(derivationDigest, secret, encodeUint(KEY_PURPOSE[purpose], 4));
  const key = hash.subarray(0, keyBytes);
  return cipher === '3DES' ? adjustDesParity(key) : key;
}

/** The keys of one secure channel, or of the authentication that opens it. */
export interface ChannelKeys {
  readonly cipher: SessionCipherName;
  readonly encryptionKey: Uint8Array;
  readonly macKey: Uint8Array;
}

/** Encryption and MAC key from one seed or shared secret [9303-11 §9.7.1, §9.7.4]. */
export function deriveChannelKeys(cipher: SessionCipherName, secret: Uint8Array): ChannelKeys {
  return {
    cipher,
    encryptionKey: deriveKey(cipher, secret, 'encryption'),
    macKey: deriveKey(cipher, secret, 'mac'),
  };
}

/** Sets the last bit of every byte so that the number of ones is odd [9303-11 §9.7.1.1]. */
export function adjustDesParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0;
    for (let rest = byte >> 1; rest > 0; rest >>= 1) ones += rest & 1;
    return (byte & 0xfe) | ((ones + 1) & 1);
  });
}
