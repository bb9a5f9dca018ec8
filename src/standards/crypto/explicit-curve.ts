import type { CurveDomain, ExplicitParameters } from './curve-parameters';
import { modularPower } from './modular-arithmetic';
import { isProbablePrime } from './probable-prime';

const MIN_BITS = 160;
const MAX_BITS = 640;
/** Below this embedding degree logarithms of points become logarithms of integers. */
const MAX_EMBEDDING_DEGREE = 100n;

/**
 * A curve that a key brings along and that is none of the table, once it is seen to be one that a
 * key can be agreed on with: a prime field of 160 to 640 bits, a base point of prime order that
 * lies on the curve and makes all of it, and none of the known weak kinds [TR-03111 §4.1.3.1,
 * SEC1 §3.1.1.2.1].
 *
 * @returns undefined for any other.
 */
export function findSoundCurve(parameters: ExplicitParameters): CurveDomain | undefined {
  const { p, a, b, gx, gy, n } = parameters;
  const bits = p.toString(2).length;
  if (bits < MIN_BITS || bits > MAX_BITS || n.toString(2).length < MIN_BITS) return undefined;
  if (![a, b, gx, gy].every((value) => value < p) || n === p) return undefined;
  if ((4n * a ** 3n + 27n * b * b) % p === 0n) return undefined;
  if ((gy * gy - (gx ** 3n + a * gx + b)) % p !== 0n) return undefined;
  // By Hasse the order of the whole curve: with cofactor 1 every point has the full order.
  if ((p + 1n - n) ** 2n > 4n * p) return undefined;
  if (!isProbablePrime(p) || !isProbablePrime(n) || hasSmallEmbeddingDegree(p, n)) return undefined;
  return {
    name: `curve of the chip, ${bits} bit`,
    ...parameters,
    h: 1n,
    fieldBytes: Math.ceil(bits / 8),
    orderBytes: Math.ceil(n.toString(2).length / 8),
  };
}

function hasSmallEmbeddingDegree(p: bigint, n: bigint): boolean {
  for (let degree = 1n; degree <= MAX_EMBEDDING_DEGREE; degree++) {
    if (modularPower(p % n, degree, n) === 1n) return true;
  }
  return false;
}
