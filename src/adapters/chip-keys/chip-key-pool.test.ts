import type { ChipKeyMaker } from '../../production/ports';
import { ChipKeyPool } from './chip-key-pool';

const LENGTH = 1024;

/** Makes numbered keys, as slowly as the test lets it. */
function countingMaker() {
  let made = 0;
  let failing = false;
  let running = 0;
  let mostAtOnce = 0;
  const maker: ChipKeyMaker = {
    makeRsa: async (modulusBits) => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (failing) throw new Error('no key');
      made += 1;
      const bytes = new Uint8Array(modulusBits / 8).fill(made);
      return { publicKey: Uint8Array.of(made), modulus: bytes, privateExponent: bytes.slice() };
    },
    makeEc: () => Promise.resolve({ publicKey: new Uint8Array(), privateScalar: new Uint8Array() }),
  };
  return {
    maker,
    made: () => made,
    mostAtOnce: () => mostAtOnce,
    fail: (value: boolean) => (failing = value),
  };
}

test('fills up behind the first request, one at a time, and hands out each key once', async () => {
  const counting = countingMaker();
  const pool = new ChipKeyPool(counting.maker, { size: 3 });
  await pool.settled();
  expect(counting.made()).toBe(0);
  const first = await pool.makeRsa(LENGTH);
  await pool.settled();
  expect([await pool.waiting(LENGTH), counting.made(), counting.mostAtOnce()]).toEqual([3, 4, 1]);
  const next = [await pool.makeRsa(LENGTH), await pool.makeRsa(LENGTH), await pool.makeRsa(LENGTH)];
  const seen = [first, ...next].map(({ publicKey }) => publicKey[0]);
  expect(seen).toEqual([1, 2, 3, 4]);
  await pool.settled();
  expect(await pool.waiting(LENGTH)).toBe(3);
  await pool.close();
});

test('keeps a stock of every length that was asked for', async () => {
  const { maker } = countingMaker();
  const pool = new ChipKeyPool(maker, { size: 2 });
  const [short, long] = [await pool.makeRsa(LENGTH), await pool.makeRsa(2 * LENGTH)];
  await pool.settled();
  expect([short.modulus.length, long.modulus.length]).toEqual([LENGTH / 8, LENGTH / 4]);
  expect([await pool.waiting(LENGTH), await pool.waiting(2 * LENGTH)]).toEqual([2, 2]);
  expect((await pool.makeRsa(2 * LENGTH)).modulus).toHaveLength(LENGTH / 4);
  await pool.close();
});

test('a failure is told to whoever asks, and the stock recovers', async () => {
  const { maker, fail } = countingMaker();
  const pool = new ChipKeyPool(maker, { size: 2 });
  fail(true);
  await expect(pool.makeRsa(LENGTH)).rejects.toThrow('no key');
  await pool.settled();
  expect(await pool.waiting(LENGTH)).toBe(0);
  fail(false);
  await pool.makeRsa(LENGTH);
  await pool.settled();
  expect(await pool.waiting(LENGTH)).toBe(2);
  await pool.close();
});

test('makes nothing after it was closed, and keeps nothing', async () => {
  const counting = countingMaker();
  const pool = new ChipKeyPool(counting.maker, { size: 2 });
  await pool.makeRsa(LENGTH);
  await pool.close();
  const before = counting.made();
  expect(await pool.waiting(LENGTH)).toBe(0);
  await pool.makeRsa(LENGTH);
  await pool.settled();
  expect(counting.made()).toBe(before + 1);
});
