import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { BenchCard } from './bench-card';
import type { CardBay } from './card-bay';

export interface ReadersBenchRequest {
  readonly card: BenchCard;
  readonly bay: CardBay;
  /** Numbers of readers, the reference first. */
  readonly counts: readonly number[];
  /** Cards that count of each reader, for each number. */
  readonly rounds: number;
}

/** So many readers at once, against the first number of the same run. */
export interface ReadersBenchResult {
  readonly readers: number;
  readonly cardsPerSecond: number;
  /** Mean time of a card in its reader, from the first command to the last. */
  readonly secondsPerCard: number;
  /** Cards a second against those of the first number. */
  readonly ratio: number;
  readonly words: string;
}

/** Of 16 readers against 1. */
const TARGET = { readers: 16, ratio: 15 } as const;
const CONNECT_TIMEOUT_MS = 20_000;

/** One card's turn in a reader, with the changing of the card and without. */
interface Turn {
  readonly wholeMs: number;
  readonly cardMs: number;
}

/**
 * Makes cards on 1, 4, 16 readers of one process, each reader card after card for itself. Only
 * turns count that began when every reader was at work, and every reader works on until the last
 * turn that counts is over.
 */
export async function runReadersBench(
  request: ReadersBenchRequest,
  onResult: (result: ReadersBenchResult) => void = () => undefined,
): Promise<readonly ReadersBenchResult[]> {
  const { bay, counts } = request;
  // The first card pays for what Node compiles on the way.
  const { wholeMs } = await takeTurn(request, 0);
  const results: ReadersBenchResult[] = [];
  for (const readers of counts) {
    const turns = await takeTurns(request, readers, wholeMs);
    const cardsPerSecond = turns.reduce((sum, own) => sum + 1000 / mean(own, 'wholeMs'), 0);
    const reference = results[0]?.cardsPerSecond ?? cardsPerSecond;
    const result = {
      ...{ readers, cardsPerSecond, words: bay.words },
      secondsPerCard: mean(turns.flat(), 'cardMs') / 1000,
      ratio: cardsPerSecond / reference,
    };
    results.push(result);
    onResult(result);
  }
  return results;
}

/** The result in one line, with the target where it has one. */
export function renderReadersBench(result: ReadersBenchResult): string {
  const { readers, cardsPerSecond, secondsPerCard, ratio, words } = result;
  const verdict =
    readers === TARGET.readers
      ? `, at least ${TARGET.ratio} wanted: ${ratio >= TARGET.ratio ? 'met' : 'missed'}`
      : '';
  return (
    `readers ${words}: ${readers} reader${readers === 1 ? '' : 's'}, ` +
    `${cardsPerSecond.toFixed(3)} cards/s, ${secondsPerCard.toFixed(2)} s a card, ` +
    `ratio ${ratio.toFixed(2)}${verdict}`
  );
}

/** The turns that count, of each reader. */
async function takeTurns(
  request: ReadersBenchRequest,
  readers: number,
  usualMs: number,
): Promise<readonly (readonly Turn[])[]> {
  const { rounds } = request;
  let [atWork, done] = [0, 0];
  const work = async (index: number): Promise<readonly Turn[]> => {
    // People do not put sixteen cards in at one stroke.
    await delay((usualMs * index) / readers);
    atWork += 1;
    const counted: Turn[] = [];
    while (done < readers) {
      const counts = atWork === readers && counted.length < rounds;
      const turn = await takeTurn(request, index);
      // Chips that take no time leave the timers none either.
      await setImmediate();
      if (!counts) continue;
      counted.push(turn);
      if (counted.length === rounds) done += 1;
    }
    return counted;
  };
  return Promise.all(Array.from({ length: readers }, (_, index) => work(index)));
}

async function takeTurn({ card, bay }: ReadersBenchRequest, index: number): Promise<Turn> {
  const reader = bay.readers[index];
  if (reader === undefined) throw new RangeError('there are too few readers');
  const begin = performance.now();
  await bay.insertBlank(index);
  const connection = await reader.connect({ timeoutMs: CONNECT_TIMEOUT_MS });
  const first = performance.now();
  await card.make(connection);
  const cardMs = performance.now() - first;
  await connection.disconnect();
  return { wholeMs: performance.now() - begin, cardMs };
}

function mean(turns: readonly Turn[], time: keyof Turn): number {
  return turns.reduce((sum, turn) => sum + turn[time], 0) / turns.length;
}
