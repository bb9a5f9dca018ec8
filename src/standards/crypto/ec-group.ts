import { weierstrass, type WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { encodeUint } from '../bytes/integer';
import { type AgreementGroup, InvalidPublicKeyError } from './agreement-group';
import type { CurveDomain } from './curve-parameters';
import { mapFieldElementToPoint } from './point-encoding';

const groups = new WeakMap<CurveDomain, AgreementGroup>();

/**
 * The points of a curve as a group for key agreement. Every point that comes in must
 * be uncompressed, on the curve and not infinity [9303-11 §9.5.1, TR-03111 §3.2.2]. All curves of
 * the table and those of `findSoundCurve` have cofactor 1, so that every such point has the full
 * order.
 */
export function ecGroup(curve: CurveDomain): AgreementGroup {
  const known = groups.get(curve);
  if (known !== undefined) return known;
  // Kept, because the tables for multiplying the base point take far longer than one use of them.
  const made = makeEcGroup(curve);
  groups.set(curve, made);
  return made;
}

function makeEcGroup(curve: CurveDomain): AgreementGroup {
  const { name, p, a, b, gx, gy, n, h, fieldBytes, orderBytes } = curve;
  const Point = weierstrass({ p, a, b, n, h, Gx: gx, Gy: gy });

  const decode = (bytes: Uint8Array): WeierstrassPoint<bigint> => {
    if (bytes.length !== 1 + 2 * fieldBytes || bytes[0] !== 0x04) {
      throw new InvalidPublicKeyError(name, 'encoding');
    }
    try {
      return Point.fromBytes(bytes);
    } catch {
      throw new InvalidPublicKeyError(name, 'not-in-group');
    }
  };
  const encode = (point: WeierstrassPoint<bigint>): Uint8Array => {
    if (point.is0()) throw new InvalidPublicKeyError(name, 'neutral');
    return point.toBytes(false);
  };
  const sharedSecret = (element: Uint8Array) => encodeUint(decode(element).x, fieldBytes);
  const generator = Point.BASE.toBytes(false);

  return {
    kind: 'ECDH',
    name,
    generator,
    order: n,
    orderBytes,
    prime: p,
    fieldBytes,
    multiply: (element, scalar) => {
      // The base point has precomputed multiples; a decoded copy of it would not.
      const point = element === generator ? Point.BASE : decode(element);
      const reduced = scalar % n;
      if (reduced === 0n) throw new InvalidPublicKeyError(name, 'neutral');
      return encode(point.multiply(reduced));
    },
    combine: (left, right) => encode(decode(left).add(decode(right))),
    sharedSecret,
    compress: sharedSecret,
    mapFieldElement: (fieldElement) => {
      const { x, y } = mapFieldElementToPoint(curve, fieldElement);
      return encode(Point.fromAffine({ x, y }));
    },
  };
}
