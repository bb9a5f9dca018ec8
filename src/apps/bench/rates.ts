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

/**
 * How often the work was done in a second of core time, over at least this much of it: what a
 * machine does beside it does not count.
 */
export async function coreRateOver(milliseconds: number, work: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  let count = 0;
  let ms = 0;
  while (ms < milliseconds) {
    // The clock is a system call, as long as a tenth of the quickest work.
    for (let turn = 0; turn < TURNS; turn++) await work();
    count += TURNS;
    const { user, system } = process.cpuUsage(begin);
    ms = (user + system) / 1000;
  }
  return (count * 1000) / ms;
}

const TURNS = 16;

/** The value in the middle: a machine that is busy for a moment does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
