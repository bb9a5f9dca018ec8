import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { computeAesCmac } from '../crypto/aes-cmac';
import type { StaticKeys } from './static-keys';

/** The derivation constants of data and keys [GPC-D §4.1.5]. */
const CONSTANT = {
  cardCryptogram: 0x00,
  hostCryptogram: 0x01,
  cardChallenge: 0x02,
  sEnc: 0x04,
  sMac: 0x06,
  sRmac: 0x07,
} as const;

/** What is derived from a key of SCP03. */
export type Scp03Purpose = keyof typeof CONSTANT;

/** Session keys of SCP03, each as long as the static keys. */
export interface Scp03SessionKeys {
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
  readonly rMac: Uint8Array;
}

/**
 * The session keys for one pair of challenges [GPC-D §6.2.1].
 *
 * @param keys AES-128, -192 or -256
 * @param context host challenge ‖ card challenge
 */
export function deriveScp03SessionKeys(
  keys: Pick<StaticKeys, 'encryption' | 'mac'>,
  context: Uint8Array,
): Scp03SessionKeys {
  return {
    encryption: derive(keys.encryption, 'sEnc', keys.encryption.length, context),
    mac: derive(keys.mac, 'sMac', keys.mac.length, context),
    rMac: derive(keys.mac, 'sRmac', keys.mac.length, context),
  };
}

/** Card cryptogram over host challenge ‖ card challenge, 8 or 16 bytes [GPC-D §6.2.2.2]. */
export function computeScp03CardCryptogram(
  { mac }: Pick<Scp03SessionKeys, 'mac'>,
  context: Uint8Array,
  lengthBytes: 8 | 16,
): Uint8Array {
  return derive(mac, 'cardCryptogram', lengthBytes, context);
}

/** Host cryptogram over host challenge ‖ card challenge, 8 or 16 bytes [GPC-D §6.2.2.3]. */
export function computeScp03HostCryptogram(
  { mac }: Pick<Scp03SessionKeys, 'mac'>,
  context: Uint8Array,
  lengthBytes: 8 | 16,
): Uint8Array {
  return derive(mac, 'hostCryptogram', lengthBytes, context);
}

/** What a pseudo-random card challenge is made from. */
export interface PseudoRandomChallenge {
  /** 3 bytes, raised by one before each channel. */
  readonly sequenceCounter: Uint8Array;
  /** AID of the security domain that opens the channel. */
  readonly securityDomainAid: Uint8Array;
}

/** The pseudo-random card challenge, 8 or 16 bytes, under the static K-ENC [GPC-D §6.2.2.1]. */
export function deriveScp03CardChallenge(
  { encryption }: Pick<StaticKeys, 'encryption'>,
  source: PseudoRandomChallenge,
  lengthBytes: 8 | 16,
): Uint8Array {
  const context = concatBytes(source.sequenceCounter, source.securityDomainAid);
  return derive(encryption, 'cardChallenge', lengthBytes, context);
}

/**
 * What the CMACs are taken over whose concatenation, cut to its length, is a derived value: for
 * those who have the key in a token and not in hand [GPC-D §4.1.5].
 *
 * @param context host challenge ‖ card challenge, or counter ‖ AID for a card challenge
 * @returns one message for each 16 bytes of the value
 */
export function buildScp03Derivation(
  purpose: Scp03Purpose,
  lengthBytes: number,
  context: Uint8Array,
): readonly Uint8Array[] {
  const label = new Uint8Array(12);
  label[11] = CONSTANT[purpose];
  return Array.from({ length: Math.ceil(lengthBytes / 16) }, (_, index) =>
    concatBytes(
      label,
      Uint8Array.of(0x00),
      encodeUint(lengthBytes * 8, 2),
      Uint8Array.of(index + 1),
      context,
    ),
  );
}

/** SP 800-108 in counter mode with CMAC; label, separator, length in bits, counter, context. */
function derive(
  key: Uint8Array,
  purpose: Scp03Purpose,
  lengthBytes: number,
  context: Uint8Array,
): Uint8Array {
  const blocks = buildScp03Derivation(purpose, lengthBytes, context).map((message) =>
    computeAesCmac(key, message),
  );
  return concatBytes(...blocks).subarray(0, lengthBytes);
}
