import { decodeBigUint, encodeMinimalUint, encodeUint } from '../bytes/integer';
import { type AgreementGroup, InvalidPublicKeyError } from './agreement-group';
import type { DhParameters } from './dh-parameters';
import { digestBytes } from './digest-algorithms';
import { modularPower } from './modular-arithmetic';

/**
 * Integers modulo a prime as a group for key agreement. Every integer that comes in must lie
 * between 1 and p - 1 and in the subgroup of order q, so that nothing of a private key can be
 * learnt from small subgroups [RFC 2631 §2.1.5, 9303-11 §4.4.3.3.1].
 */
export function dhGroup(parameters: Omit<DhParameters, 'paceParameterId'>): AgreementGroup {
  const { name, p, g, q } = parameters;
  const fieldBytes = byteLength(p);

  const decode = (bytes: Uint8Array): bigint => {
    if (bytes.length === 0 || bytes.length > fieldBytes + 1) {
      throw new InvalidPublicKeyError(name, 'encoding');
    }
    const value = decodeBigUint(bytes);
    if (value === 1n) throw new InvalidPublicKeyError(name, 'neutral');
    if (value === 0n || value >= p || modularPower(value, q, p) !== 1n) {
      throw new InvalidPublicKeyError(name, 'not-in-group');
    }
    return value;
  };
  const encode = (value: bigint): Uint8Array => {
    if (value === 1n) throw new InvalidPublicKeyError(name, 'neutral');
    return encodeMinimalUint(value);
  };

  return {
    kind: 'DH',
    name,
    generator: encodeMinimalUint(g),
    order: q,
    orderBytes: byteLength(q),
    prime: p,
    fieldBytes,
    multiply: (element, scalar) => encode(modularPower(decode(element), scalar % q, p)),
    combine: (left, right) => encode((decode(left) * decode(right)) % p),
    sharedSecret: (element) => encodeUint(decode(element), fieldBytes),
    compress: (element) => digestBytes('sha1', encodeMinimalUint(decode(element))),
    mapFieldElement: (fieldElement) => encode(modularPower(fieldElement, (p - 1n) / q, p)),
  };
}

function byteLength(value: bigint): number {
  return encodeMinimalUint(value).length;
}
