import { decodeBigUint, encodeUint } from '../bytes/integer';
import { modularPower } from './modular-arithmetic';

/**
 * The RSA primitive: input to the power of the exponent modulo the modulus, as long as the
 * modulus. With the private exponent it signs, with the public one it opens [RFC 8017 §5.2].
 *
 * @param modulus without leading zeros
 * @throws RangeError when the input is not smaller than the modulus.
 */
export function applyRsa(modulus: Uint8Array, exponent: bigint, input: Uint8Array): Uint8Array {
  const n = decodeBigUint(modulus);
  const value = decodeBigUint(input);
  if (value >= n) throw new RangeError('the input is not smaller than the modulus');
  return encodeUint(modularPower(value, exponent, n), modulus.length);
}
