import { join } from 'node:path';
import { readSeeds } from './read-seeds';
import { type FuzzTarget, runTarget } from './target';
import { FUZZ_TARGETS } from './targets';

/** The short run of `scripts/fuzz`: seeded, without coverage, the same inputs every time. */

const root = join(__dirname, '../..');
const INPUTS = 200;

/** xorshift32: small, and the same on every machine. */
function seededNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(seed: Uint8Array, next: (below: number) => number): Uint8Array {
  const bytes = seed.slice();
  for (let count = 1 + next(4); count > 0 && bytes.length > 0; count--) {
    bytes[next(bytes.length)] = [0, 0x7f, 0x80, 0xff, next(256)][next(5)] ?? 0;
  }
  return next(4) === 0 ? bytes.subarray(0, next(bytes.length + 1)) : bytes;
}

test.each(Object.entries(FUZZ_TARGETS))('%s reads or refuses, and nothing else', (name, target) => {
  const next = seededNumbers(Buffer.from(name).reduce((sum, byte) => sum * 31 + byte, 7) | 1);
  const seeds = [...readSeeds(target, root), new Uint8Array(64).fill(0x30)];
  for (let run = 0; run < INPUTS; run++) {
    const bytes = mutate(seeds[run % seeds.length] ?? new Uint8Array(), next);
    expect(() => runTarget(target, bytes)).not.toThrow();
  }
});

test.each(Object.entries(FUZZ_TARGETS))('%s reads one of its seeds', (_name, target) => {
  expect(readSeeds(target, root).some((seed) => runTarget(target, seed))).toBe(true);
});

test('a fault that is no typed refusal is let through', () => {
  const target: FuzzTarget = {
    read: () => {
      throw new RangeError('untyped');
    },
    seeds: [],
  };
  expect(() => runTarget(target, new Uint8Array())).toThrow(RangeError);
});
