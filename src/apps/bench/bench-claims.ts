import type { LineStore } from '../../production/document/line-store';
import { ProductionError } from '../../production/errors';
import { median } from './rates';

export interface ClaimsBenchRequest {
  readonly store: LineStore;
  /** How many documents are to wait, the reference first, each more than the one before. */
  readonly sizes: readonly number[];
  /** Claims for each size. */
  readonly claims: number;
  readonly register: (count: number) => Promise<void>;
  /** Lets so many documents wait, behind those that were registered. */
  readonly fill: (waiting: number) => Promise<void>;
}

export interface ClaimsBenchResult {
  readonly waiting: number;
  /** Of one station that claims one document after the other, in milliseconds. */
  readonly medianMs: number;
  /** Against the first size of the same run. */
  readonly ratio: number;
}

/** Ten million against ten thousand [design: same median within 25 %]. */
const MAX_GROWTH = 1.25;
const WARM_UP_CLAIMS = 20;

/** Claims documents, as a station does before every card, with ever more of them waiting. */
export async function runClaimsBench(
  request: ClaimsBenchRequest,
  onResult: (result: ClaimsBenchResult) => void = () => undefined,
): Promise<readonly ClaimsBenchResult[]> {
  const { store, sizes, claims } = request;
  requireGrowing(sizes, claims);
  // The first in the queue are real, so that each can be claimed with all that belongs to it.
  await request.register(WARM_UP_CLAIMS * sizes.length + claims * sizes.length);
  const results: ClaimsBenchResult[] = [];
  for (const waiting of sizes) {
    await request.fill(waiting);
    await claimSome(store, WARM_UP_CLAIMS);
    const medianMs = median(await claimSome(store, claims));
    const result = { waiting, medianMs, ratio: medianMs / (results[0]?.medianMs ?? medianMs) };
    results.push(result);
    onResult(result);
  }
  return results;
}

/** The result in one line; the first of a run is the reference. */
export function renderClaimsBench({ waiting, medianMs, ratio }: ClaimsBenchResult): string {
  const verdict =
    ratio === 1
      ? 'the reference'
      : `ratio ${ratio.toFixed(2)}, at most ${MAX_GROWTH.toFixed(2)} wanted: ` +
        (ratio <= MAX_GROWTH ? 'met' : 'missed');
  return `claims: ${waiting} waiting, median ${medianMs.toFixed(2)} ms a claim, ${verdict}`;
}

async function claimSome(store: LineStore, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let claim = 0; claim < count; claim++) {
    const begin = performance.now();
    const claimed = await store.claimDocument({ station: 'bench' });
    times.push(performance.now() - begin);
    if (claimed === undefined) throw new Error('nothing waits');
  }
  return times;
}

function requireGrowing(sizes: readonly number[], claims: number): void {
  const least = (claims + WARM_UP_CLAIMS) * sizes.length;
  const isGrowing = sizes.every((size, index) => size > (sizes[index - 1] ?? least));
  if (isGrowing) return;
  throw new ProductionError('USAGE', '--waiting', [
    `each number is larger than the one before, the first larger than ${least}`,
  ]);
}
