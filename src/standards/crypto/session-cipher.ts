import { decryptAesCbc, encryptAesCbc, encryptAesEcb } from './aes';
import { computeAesCmac } from './aes-cmac';
import type { DigestName } from './digest-algorithms';
import { padIso } from './iso-padding';
import { computeRetailMac } from './retail-mac';
import { decryptTripleDesCbc, encryptTripleDesCbc, zeroDesIv } from './triple-des';

/** The four block ciphers of secure messaging, by name [9303-11 §9.8.2]. */
export type SessionCipherName = '3DES' | 'AES-128' | 'AES-192' | 'AES-256';

/** Everything that differs between them, as plain functions. */
export interface SessionCipher {
  readonly name: SessionCipherName;
  readonly keyBytes: number;
  readonly blockBytes: number;
  /** Hash function of the key derivation [9303-11 §9.7.1]. */
  readonly derivationDigest: DigestName;
  /** CBC without padding. */
  readonly encrypt: (key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array) => Uint8Array;
  readonly decrypt: (key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array) => Uint8Array;
  /** MAC of 8 bytes over an authentication token [9303-11 §4.4.3.4]. */
  readonly computeTokenMac: (key: Uint8Array, token: Uint8Array) => Uint8Array;
  /**
   * MAC of 8 bytes over a protected message without its last padding: secure messaging pads to
   * the block even for CMAC, which would not need it [9303-11 §9.8.6.2, §9.8.7.2].
   */
  readonly computeMessageMac: (key: Uint8Array, message: Uint8Array) => Uint8Array;
  /**
   * Initialization vector of a protected message: zeros for 3DES, the encrypted send sequence
   * counter for AES [9303-11 §9.8.6.1, §9.8.7.1].
   */
  readonly deriveIv: (key: Uint8Array, sendSequenceCounter: Uint8Array) => Uint8Array;
}

const tripleDes: SessionCipher = {
  name: '3DES',
  keyBytes: 16,
  blockBytes: 8,
  derivationDigest: 'sha1',
  encrypt: encryptTripleDesCbc,
  decrypt: decryptTripleDesCbc,
  computeTokenMac: computeRetailMac,
  computeMessageMac: computeRetailMac,
  deriveIv: zeroDesIv,
};

function aes(name: SessionCipherName, keyBytes: number, derivationDigest: DigestName) {
  return {
    name,
    keyBytes,
    blockBytes: 16,
    derivationDigest,
    encrypt: encryptAesCbc,
    decrypt: decryptAesCbc,
    computeTokenMac: (key, token) => computeAesCmac(key, token).subarray(0, 8),
    computeMessageMac: (key, message) => computeAesCmac(key, padIso(message, 16)).subarray(0, 8),
    deriveIv: encryptAesEcb,
  } satisfies SessionCipher;
}

/** The table of ciphers [9303-11 §9.7.1, §9.8]. */
export const SESSION_CIPHERS: Readonly<Record<SessionCipherName, SessionCipher>> = {
  '3DES': tripleDes,
  'AES-128': aes('AES-128', 16, 'sha1'),
  'AES-192': aes('AES-192', 24, 'sha256'),
  'AES-256': aes('AES-256', 32, 'sha256'),
};
