import { decodeBigUint, encodeUint } from '../../bytes/integer';
import type { DigestName } from '../../crypto/digest-algorithms';
import { buildIso9796Representative, recoverableBytes } from '../../crypto/iso9796';
import { applyRsa } from '../../crypto/rsa';

/** The RSA key of a chip and what it signs with. */
export interface RsaChipSigner {
  readonly modulus: Uint8Array;
  readonly privateExponent: Uint8Array;
  readonly digest: DigestName;
  /** M1: random bytes, as many as `activeAuthenticationRandomBytes` says. */
  readonly random: Uint8Array;
  /** Signature production without (B.6) or with (B.4) the smaller of two values. */
  readonly form?: 'B.6' | 'B.4';
}

/** How many random bytes a chip with this key puts into its answer [9303-11 §6.1.2.2]. */
export function activeAuthenticationRandomBytes(modulus: Uint8Array, digest: DigestName): number {
  return recoverableBytes(modulus.length, digest);
}

/**
 * Chip: the answer to a challenge by ISO 9796-2 scheme 1, as long as the modulus
 * [9303-11 §6.1.2.2].
 *
 * @param challenge 8 bytes, RND.IFD
 */
export function signActiveAuthenticationRsa(
  signer: RsaChipSigner,
  challenge: Uint8Array,
): Uint8Array {
  const { modulus, digest, random } = signer;
  if (random.length !== activeAuthenticationRandomBytes(modulus, digest)) {
    throw new RangeError('the random bytes do not fill the representative');
  }
  const representative = buildIso9796Representative(digest, {
    recoverable: random,
    rest: challenge,
  });
  const signature = applyRsa(modulus, decodeBigUint(signer.privateExponent), representative);
  if (signer.form !== 'B.4') return signature;
  const value = decodeBigUint(signature);
  const other = decodeBigUint(modulus) - value;
  return encodeUint(value < other ? value : other, modulus.length);
}
