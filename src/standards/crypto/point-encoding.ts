import type { CurveDomain } from './curve-parameters';
import { modularInverse, modularPower } from './modular-arithmetic';

/**
 * A point of the curve from an element of its field, always in the same time: the encoding of
 * Brier et al. for p = 3 mod 4 in affine coordinates, cofactor 1 [9303-11 §B.2].
 *
 * @throws RangeError for P-224, whose prime is 1 mod 4 and which integrated mapping excludes.
 */
export function mapFieldElementToPoint(
  curve: CurveDomain,
  fieldElement: bigint,
): { readonly x: bigint; readonly y: bigint } {
  const { p, a, b } = curve;
  if (p % 4n !== 3n) throw new RangeError(`integrated mapping is not defined for ${curve.name}`);
  const mod = (value: bigint) => ((value % p) + p) % p;
  const right = (x: bigint) => mod(x * x * x + a * x + b);
  const t = mod(fieldElement);
  const alpha = mod(-t * t);
  const x2 = mod(-b * modularInverse(a, p) * (1n + modularInverse(alpha + alpha * alpha, p)));
  const x3 = mod(alpha * x2);
  const h2 = right(x2);
  const u = mod(t * t * t * h2);
  // h2 to this power is the inverse of a square root of h2, if it has one.
  const root = modularPower(h2, p - 1n - (p + 1n) / 4n, p);
  return mod(root * root * h2) === 1n ? { x: x2, y: mod(root * h2) } : { x: x3, y: mod(root * u) };
}
