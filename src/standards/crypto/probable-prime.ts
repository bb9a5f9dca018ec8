import { modularPower } from './modular-arithmetic';

/** The first primes as bases: the numbers tested come from signed files, not from an opponent. */
const BASES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71].map(
  BigInt,
);

/** Whether a number passes the test of Miller and Rabin with twenty bases [FIPS 186-4 §C.3.1]. */
export function isProbablePrime(candidate: bigint): boolean {
  if (candidate < 2n) return false;
  const small = BASES.find((base) => candidate % base === 0n);
  if (small !== undefined) return candidate === small;
  let odd = candidate - 1n;
  let twos = 0;
  while (odd % 2n === 0n) {
    odd /= 2n;
    twos += 1;
  }
  return BASES.every((base) => passes(candidate, { base, odd, twos }));
}

function passes(
  candidate: bigint,
  { base, odd, twos }: { readonly base: bigint; readonly odd: bigint; readonly twos: number },
): boolean {
  let power = modularPower(base, odd, candidate);
  if (power === 1n || power === candidate - 1n) return true;
  for (let round = 1; round < twos; round++) {
    power = (power * power) % candidate;
    if (power === candidate - 1n) return true;
  }
  return false;
}
