/** `base` to the power of a non-negative exponent modulo `modulus` [RFC 2631 §2.1.1]. */
export function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const reduced = ((base % modulus) + modulus) % modulus;
  let result = 1n % modulus;
  // Four bits at a time: a quarter of the multiplications of one bit at a time.
  const powers = [1n];
  for (let index = 1; index < 16; index++) {
    powers.push(((powers[index - 1] ?? 1n) * reduced) % modulus);
  }
  for (const digit of exponent.toString(16)) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus;
    result = (result * (powers[Number.parseInt(digit, 16)] ?? 1n)) % modulus;
  }
  return result;
}

/** The inverse of a number modulo a prime [TR-03111 §4.2.1]. */
export function modularInverse(value: bigint, prime: bigint): bigint {
  return modularPower(value, prime - 2n, prime);
}
