import { concatBytes } from '../bytes/concat';
import { padIso } from '../crypto/iso-padding';
import { computeRetailMac } from '../crypto/retail-mac';
import { encryptTripleDesCbc, zeroDesIv } from '../crypto/triple-des';
import type { StaticKeys } from './static-keys';

/** The derivation constants of session keys [GPC-C §E.4.1]. */
const CONSTANT = { encryption: 0x0182, mac: 0x0101, rMac: 0x0102, dataEncryption: 0x0181 } as const;

/** Session keys of SCP02, 16 bytes each, without parity. */
export interface Scp02SessionKeys {
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
  readonly rMac: Uint8Array;
  readonly dataEncryption: Uint8Array;
}

/**
 * The session keys for one value of the sequence counter [GPC-C §E.4.1].
 *
 * @param keys 3DES keys of 16 bytes
 * @param sequenceCounter 2 bytes
 */
export function deriveScp02SessionKeys(
  keys: StaticKeys,
  sequenceCounter: Uint8Array,
): Scp02SessionKeys {
  const derive = (key: Uint8Array, purpose: Scp02Purpose): Uint8Array =>
    encryptTripleDesCbc(key, zeroDesIv(), buildScp02Derivation(purpose, sequenceCounter));
  return {
    encryption: derive(keys.encryption, 'encryption'),
    mac: derive(keys.mac, 'mac'),
    rMac: derive(keys.mac, 'rMac'),
    dataEncryption: derive(keys.dataEncryption, 'dataEncryption'),
  };
}

/** What is derived from a key of SCP02. */
export type Scp02Purpose = keyof typeof CONSTANT;

/**
 * The 16 bytes whose encryption by 3DES-CBC from zeros is a session key: for those who have the key
 * in a token and not in hand [GPC-C §E.4.1].
 *
 * @param sequenceCounter 2 bytes
 */
export function buildScp02Derivation(
  purpose: Scp02Purpose,
  sequenceCounter: Uint8Array,
): Uint8Array {
  const constant = CONSTANT[purpose];
  const head = Uint8Array.of(constant >> 8, constant & 0xff);
  return concatBytes(head, sequenceCounter, new Uint8Array(12));
}

/** What both cryptograms cover. */
export interface Scp02Challenges {
  /** 8 bytes. */
  readonly hostChallenge: Uint8Array;
  /** 2 bytes. */
  readonly sequenceCounter: Uint8Array;
  /** 6 bytes. */
  readonly cardChallenge: Uint8Array;
}

/** Card cryptogram, 8 bytes [GPC-C §E.4.2.1]. */
export function computeScp02CardCryptogram(
  { encryption }: Pick<Scp02SessionKeys, 'encryption'>,
  { hostChallenge, sequenceCounter, cardChallenge }: Scp02Challenges,
): Uint8Array {
  return fullMac(encryption, concatBytes(hostChallenge, sequenceCounter, cardChallenge));
}

/** Host cryptogram, 8 bytes [GPC-C §E.4.2.2]. */
export function computeScp02HostCryptogram(
  { encryption }: Pick<Scp02SessionKeys, 'encryption'>,
  { hostChallenge, sequenceCounter, cardChallenge }: Scp02Challenges,
): Uint8Array {
  return fullMac(encryption, concatBytes(sequenceCounter, cardChallenge, hostChallenge));
}

/** The pseudo-random card challenge: 6 bytes of a MAC over the security domain's AID [GPC-C §E.4.2.3]. */
export function deriveScp02CardChallenge(
  { mac }: Pick<Scp02SessionKeys, 'mac'>,
  securityDomainAid: Uint8Array,
): Uint8Array {
  return computeRetailMac(mac, securityDomainAid).subarray(0, 6);
}

/** 3DES in every block, other than the retail MAC of commands [GPC-C §B.1.2.1]. */
function fullMac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return encryptTripleDesCbc(key, zeroDesIv(), padIso(message, 8)).subarray(-8);
}
