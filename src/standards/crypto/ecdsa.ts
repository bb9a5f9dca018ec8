import { concatBytes } from '../bytes/concat';
import { decodeBigUint, encodeUint } from '../bytes/integer';
import type { CurveParameters } from './curve-parameters';
import { type DigestName, digestBytes } from './digest-algorithms';
import { ecGroup } from './ec-group';
import { modularInverse } from './modular-arithmetic';

export interface EcdsaSigner {
  readonly curve: CurveParameters;
  readonly digest: DigestName;
  readonly privateKey: Uint8Array;
  /** k: random, secret and used once; see `derivePrivateKey` for making it. */
  readonly nonce: Uint8Array;
}

/**
 * A plain ECDSA signature r ‖ s, both as long as the order, with the nonce handed in: for a chip
 * whose randomness is simulated. Signing keys in an HSM do not come here [TR-03111 §4.2.1].
 *
 * @throws RangeError when the nonce leads to a zero and another one is needed.
 */
export function signEcdsaPlain(signer: EcdsaSigner, message: Uint8Array): Uint8Array {
  const { curve, digest, privateKey, nonce } = signer;
  const { n, orderBytes } = curve;
  const group = ecGroup(curve);
  const k = decodeBigUint(nonce) % n;
  if (k === 0n) throw new RangeError('the nonce is a multiple of the order');
  const r = decodeBigUint(group.sharedSecret(group.multiply(group.generator, k))) % n;
  const hash = truncateHash(digestBytes(digest, message), n);
  const s = (modularInverse(k, n) * (hash + r * (decodeBigUint(privateKey) % n))) % n;
  if (r === 0n || s === 0n) throw new RangeError('the nonce leads to a zero');
  return concatBytes(encodeUint(r, orderBytes), encodeUint(s, orderBytes));
}

/** The leftmost bits of the hash, as many as the order has [FIPS 186-4 §6.4]. */
function truncateHash(hash: Uint8Array, order: bigint): bigint {
  const excess = hash.length * 8 - order.toString(2).length;
  const value = decodeBigUint(hash);
  return excess > 0 ? value >> BigInt(excess) : value;
}
