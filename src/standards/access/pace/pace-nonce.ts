import { concatBytes } from '../../bytes/concat';
import { decodeBigUint } from '../../bytes/integer';
import { decodeHex } from '../../bytes/hex';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { AccessError } from '../access-error';
import type { PaceProtocol } from './pace-protocol';

const MAX_NONCE_BYTES = 64;

/**
 * Length of the nonce s in bytes: the smallest multiple of the block that is not shorter than the
 * key; in case of 3DES the key counts 16 bytes [9303-11 §4.4.3.3].
 */
export function paceNonceBytes(cipher: SessionCipherName): number {
  const { keyBytes, blockBytes } = SESSION_CIPHERS[cipher];
  return Math.ceil(keyBytes / blockBytes) * blockBytes;
}

/** Length of the nonce t of integrated mapping: that of a key [9303-11 §4.4.3.3]. */
export function paceTerminalNonceBytes(cipher: SessionCipherName): number {
  return SESSION_CIPHERS[cipher].keyBytes;
}

/** z = E(K_π, s) in CBC mode with a zero IV [9303-11 §4.4.3.3]. */
export function encryptPaceNonce(
  protocol: PaceProtocol,
  passwordKey: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const { encrypt, blockBytes } = SESSION_CIPHERS[protocol.algorithm.cipher];
  return encrypt(passwordKey, new Uint8Array(blockBytes), nonce);
}

/**
 * s = D(K_π, z) [9303-11 §4.4.3.3].
 *
 * @throws AccessError `protocol` when z is not whole blocks or too short for the mapping.
 */
export function decryptPaceNonce(
  protocol: PaceProtocol,
  passwordKey: Uint8Array,
  encryptedNonce: Uint8Array,
): Uint8Array {
  const { cipher, mapping } = protocol.algorithm;
  const { decrypt, blockBytes, keyBytes } = SESSION_CIPHERS[cipher];
  const { length } = encryptedNonce;
  const least = mapping === 'IM' ? keyBytes : blockBytes;
  if (length % blockBytes !== 0 || length < least || length > MAX_NONCE_BYTES) {
    throw new AccessError('PACE, encrypted nonce', 'protocol', `a nonce of ${length} bytes`);
  }
  return decrypt(passwordKey, new Uint8Array(blockBytes), encryptedNonce);
}

const SHORT_CONSTANTS = {
  c0: decodeHex('A668892A7C41E3CA739F40B057D85904'),
  c1: decodeHex('A4E136AC725F738B01C1F60217C188AD'),
};
const LONG_CONSTANTS = {
  c0: decodeHex('D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676'),
  c1: decodeHex('54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517'),
};

/**
 * R(s, t): pseudo-random bytes from both nonces, 64 bits longer than the prime of the group
 * [9303-11 §4.4.3.3.2].
 */
export function derivePseudoRandom(
  protocol: PaceProtocol,
  nonce: Uint8Array,
  terminalNonce: Uint8Array,
): Uint8Array {
  const { cipher } = protocol.algorithm;
  const { encrypt, blockBytes, keyBytes } = SESSION_CIPHERS[cipher];
  const { c0, c1 } = keyBytes > 16 ? LONG_CONSTANTS : SHORT_CONSTANTS;
  const run = (key: Uint8Array, data: Uint8Array) =>
    encrypt(key.subarray(0, keyBytes), new Uint8Array(blockBytes), data);
  const bits = protocol.group.prime.toString(2).length + 64;
  const parts: Uint8Array[] = [];
  let key = run(terminalNonce, nonce);
  for (let produced = 0; produced < bits; produced += c1.length * 8) {
    parts.push(run(key, c1));
    key = run(key, c0);
  }
  return concatBytes(...parts);
}

/** R_p(s, t): the same as an element of the field [9303-11 §4.4.3.3.2]. */
export function derivePseudoRandomFieldElement(
  protocol: PaceProtocol,
  nonce: Uint8Array,
  terminalNonce: Uint8Array,
): bigint {
  const random = derivePseudoRandom(protocol, nonce, terminalNonce);
  return decodeBigUint(random) % protocol.group.prime;
}
