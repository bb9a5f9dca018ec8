/** How often a second the work was done, over at least this time. */
export async function rateOver(milliseconds: number, work: () => unknown): Promise<number> {
  const begin = performance.now();
  let count = 0;
  let ms = 0;
  while (ms < milliseconds) {
    await work();
    count++;
    ms = performance.now() - begin;
  }
  return (count * 1000) / ms;
}

/** The value in the middle: a machine that is busy for a moment does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
