import type { CommandApdu } from '../apdu/command';
import { equalBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { computeAesKcv, computeTripleDesKcv } from './key-check-value';
import { encryptForScp02, encryptForScp03 } from './sensitive-data';

/** Key types in key data fields and templates [GPC-C §11.1.8]. */
export const KEY_TYPE = {
  des: 0x80,
  tripleDesCbc: 0x82,
  aes: 0x88,
  hmacSha1: 0x90,
  rsaPublicExponent: 0xa0,
  rsaModulus: 0xa1,
} as const;

const BLOCK = 16;
const SEVERAL_KEYS = 0x80;

/**
 * One AES key of a PUT KEY command: type, length, length of the key, the key under the data
 * encryption key of the channel, and its check value [GPC-D §7.2]. A key of 24 bytes is filled up
 * to whole blocks with zeros, which its length leaves out.
 */
export function buildAesKeyField(dataEncryptionKey: Uint8Array, newKey: Uint8Array): Uint8Array {
  return encodeAesKeyField(newKey, encryptForScp03(dataEncryptionKey, padAesKey(newKey)));
}

/** An AES key filled up to whole blocks with zeros, a copy in any case [GPC-D §7.2]. */
export function padAesKey(newKey: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(newKey.length / BLOCK) * BLOCK);
  padded.set(newKey);
  return padded;
}

/** As `buildAesKeyField`, where the key was encrypted elsewhere [GPC-D §7.2]. */
export function encodeAesKeyField(newKey: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const kcv = computeAesKcv(newKey);
  return concatBytes(
    Uint8Array.of(KEY_TYPE.aes, encrypted.length + 1, newKey.length),
    encrypted,
    Uint8Array.of(kcv.length),
    kcv,
  );
}

/** One 3DES key of a PUT KEY command, under the session's data encryption key [GPC-C §11.8.2.3]. */
export function buildTripleDesKeyField(sessionKey: Uint8Array, newKey: Uint8Array): Uint8Array {
  return encodeTripleDesKeyField(newKey, encryptForScp02(sessionKey, newKey));
}

/** As `buildTripleDesKeyField`, where the key was encrypted elsewhere [GPC-C §11.8.2.3]. */
export function encodeTripleDesKeyField(newKey: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const kcv = computeTripleDesKcv(newKey);
  return concatBytes(
    Uint8Array.of(KEY_TYPE.des, encrypted.length),
    encrypted,
    Uint8Array.of(kcv.length),
    kcv,
  );
}

export interface KeysToPut {
  /** The version that is replaced; 0 adds a new one. */
  readonly replacedVersion: number;
  readonly newVersion: number;
  /** Identifier of the first key; the others follow it. */
  readonly firstKeyId: number;
  readonly fields: readonly Uint8Array[];
}

/** PUT KEY with one or several keys of one version [GPC-C §11.8.2]. */
export function buildPutKey(keys: KeysToPut): CommandApdu {
  const several = keys.fields.length > 1 ? SEVERAL_KEYS : 0;
  return {
    cla: 0x80,
    ins: 0xd8,
    p1: keys.replacedVersion,
    p2: keys.firstKeyId | several,
    data: concatBytes(Uint8Array.of(keys.newVersion), ...keys.fields),
    le: 256,
  };
}

/**
 * Whether the card answered the version and check values of the keys that were sent, so that it
 * has decrypted them as they were meant [GPC-C §11.8.3.1].
 */
export function verifyPutKeyAnswer(keys: KeysToPut, data: Uint8Array): boolean {
  const kcvs = keys.fields.map((field) => field.subarray(-3));
  return equalBytes(data, concatBytes(Uint8Array.of(keys.newVersion), ...kcvs));
}
