import { decodeBigUint, encodeUint } from '../bytes/integer';

/**
 * A group in which two sides agree on a key: points of an elliptic curve, or integers modulo a
 * prime. Elements travel and are kept as bytes in the form of the protocols: a point uncompressed,
 * `04 ‖ x ‖ y`, an integer unsigned with the fewest bytes [9303-11 §9.4.4, §9.4.5].
 */
export interface AgreementGroup {
  readonly kind: 'ECDH' | 'DH';
  readonly name: string;
  readonly generator: Uint8Array;
  /** Prime order of the generator. */
  readonly order: bigint;
  /** Length of a private key in bytes: that of the order. */
  readonly orderBytes: number;
  /** Modulus of the field in which coordinates or elements stand. */
  readonly prime: bigint;
  /** Length of a coordinate or an element in bytes. */
  readonly fieldBytes: number;
  /**
   * The element taken `scalar` times: scalar multiplication or exponentiation. The element is
   * validated first, the result is never the neutral element.
   *
   * @throws InvalidPublicKeyError
   */
  readonly multiply: (element: Uint8Array, scalar: bigint) => Uint8Array;
  /** Sum of two points or product of two integers. @throws InvalidPublicKeyError */
  readonly combine: (left: Uint8Array, right: Uint8Array) => Uint8Array;
  /** x coordinate or element, with the length of the field [TR-03111 §4.3.1, RFC 2631 §2.1.2]. */
  readonly sharedSecret: (element: Uint8Array) => Uint8Array;
  /** Comp(): x coordinate, or SHA-1 of the integer [9303-11 §7.1.4.1.3, §7.1.4.2.3]. */
  readonly compress: (element: Uint8Array) => Uint8Array;
  /** Maps a field element into the group for integrated mapping [9303-11 §4.4.3.3.2]. */
  readonly mapFieldElement: (fieldElement: bigint) => Uint8Array;
}

/** Why a public key or a result of the key agreement is refused. */
export type InvalidPublicKeyReason = 'encoding' | 'not-in-group' | 'neutral';

const TEXTS: Readonly<Record<InvalidPublicKeyReason, string>> = {
  encoding: 'is not encoded as the group demands',
  'not-in-group': 'is not an element of the group',
  neutral: 'is or leads to the neutral element',
};

/** A public key that would give away secrets if it were used [9303-11 §9.6, TR-03111 §3.2.2]. */
export class InvalidPublicKeyError extends Error {
  override readonly name = 'InvalidPublicKeyError';

  constructor(
    readonly group: string,
    readonly reason: InvalidPublicKeyReason,
  ) {
    super(`public key of ${group}: ${TEXTS[reason]}`);
  }
}

/**
 * The public key to a private key, under the group's own or a mapped generator [9303-11 §9.6].
 *
 * @param privateKey unsigned integer, taken modulo the order
 * @throws InvalidPublicKeyError `neutral` when the private key is a multiple of the order.
 */
export function derivePublicKey(
  group: AgreementGroup,
  privateKey: Uint8Array,
  generator: Uint8Array = group.generator,
): Uint8Array {
  return group.multiply(generator, toScalar(group, privateKey));
}

/**
 * The element that both sides reach: the other's public key, validated, times the own private key
 * [9303-11 §9.6].
 *
 * @throws InvalidPublicKeyError
 */
export function agreeOnElement(
  group: AgreementGroup,
  privateKey: Uint8Array,
  otherPublicKey: Uint8Array,
): Uint8Array {
  return group.multiply(otherPublicKey, toScalar(group, privateKey));
}

/**
 * A private key from random bytes that are at least 8 bytes longer than the order, so that none
 * is noticeably more likely than another [FIPS 186-4 §B.1.1].
 *
 * @throws RangeError when fewer bytes are given.
 */
export function derivePrivateKey(group: AgreementGroup, random: Uint8Array): Uint8Array {
  if (random.length < privateKeyRandomBytes(group)) throw new RangeError('too few random bytes');
  const scalar = (decodeBigUint(random) % (group.order - 1n)) + 1n;
  return encodeUint(scalar, group.orderBytes);
}

/** How many random bytes `derivePrivateKey` needs [FIPS 186-4 §B.1.1]. */
export function privateKeyRandomBytes(group: AgreementGroup): number {
  return group.orderBytes + 8;
}

function toScalar(group: AgreementGroup, privateKey: Uint8Array): bigint {
  const scalar = decodeBigUint(privateKey) % group.order;
  if (scalar === 0n) throw new InvalidPublicKeyError(group.name, 'neutral');
  return scalar;
}
