import type { BenchCard } from './bench-card';
import type { CardBay } from './card-bay';

export interface ReadersBenchRequest {
  readonly card: BenchCard;
  readonly bay: CardBay;
  /** Numbers of readers, the reference first. */
  readonly counts: readonly number[];
  /** Cards that each reader makes for each number. */
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

/** Makes cards on 1, 4, 16 readers of one process; the changing of the cards does not count. */
export async function runReadersBench(
  request: ReadersBenchRequest,
): Promise<readonly ReadersBenchResult[]> {
  const { bay, counts } = request;
  // The first card pays for what Node compiles on the way.
  await makeRound(request, 1);
  const results: ReadersBenchResult[] = [];
  for (const readers of counts) {
    const { cards, wallMs, cardMs } = await makeRounds(request, readers);
    const cardsPerSecond = (cards * 1000) / wallMs;
    const reference = results[0]?.cardsPerSecond ?? cardsPerSecond;
    results.push({
      ...{ readers, cardsPerSecond, words: bay.words },
      secondsPerCard: cardMs / cards / 1000,
      ratio: cardsPerSecond / reference,
    });
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

async function makeRounds(request: ReadersBenchRequest, readers: number) {
  let [cards, wallMs, cardMs] = [0, 0, 0];
  for (let round = 0; round < request.rounds; round++) {
    const made = await makeRound(request, readers);
    cards += readers;
    wallMs += made.wallMs;
    cardMs += made.cardMs;
  }
  return { cards, wallMs, cardMs };
}

async function makeRound({ card, bay }: ReadersBenchRequest, count: number) {
  await bay.insertBlanks(count);
  const connections = await Promise.all(
    bay.readers.slice(0, count).map((reader) => reader.connect({ timeoutMs: CONNECT_TIMEOUT_MS })),
  );
  const begin = performance.now();
  const times = await Promise.all(
    connections.map(async (connection) => {
      await card.make(connection);
      return performance.now() - begin;
    }),
  );
  const wallMs = performance.now() - begin;
  await Promise.all(connections.map((connection) => connection.disconnect()));
  return { wallMs, cardMs: times.reduce((sum, ms) => sum + ms, 0) };
}
