import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { encryptTripleDesCbc, zeroDesIv } from '../../standards/crypto/triple-des';
import { systemRandom } from '../system';
import type { BenchCard } from './bench-card';
import { median } from './rates';

export interface DriftBenchResult {
  readonly cards: number;
  /** Core time of the first and of the last cards, medians, in milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Last against first, each measured beside the same fixed work, so that the machine cancels. */
  readonly ratio: number;
  /** Heap after a collection, in megabytes. */
  readonly heapFirstMb: number;
  readonly heapLastMb: number;
}

/** Between card 1 and card 10,000 [design: same time within 5 %]. */
const MAX_GROWTH = 1.05;
/** A heap that grows by more than this keeps something of its cards. */
const MAX_HEAP_GROWTH_MB = 16;
const WARM_UP_CARDS = 60;
const WINDOW_CARDS = 100;
const REFERENCE_BYTES = new Uint8Array(64 * 1024);
const REFERENCE_KEY = Uint8Array.from({ length: 16 }, (_, index) => index * 13 + 1);

interface Sample {
  readonly cardMs: number;
  readonly referenceMs: number;
}

/** Makes card after card in one process and compares the first with the last. */
export async function runDriftBench(
  card: BenchCard,
  cards: number,
  onCard: (made: number) => void = () => undefined,
): Promise<DriftBenchResult> {
  const reader = new VirtualReader('drift');
  const warmUps = Math.min(WARM_UP_CARDS, cards);
  for (let warm = 0; warm < warmUps; warm++) await makeOne(card, reader);
  const window = Math.max(1, Math.min(WINDOW_CARDS, Math.floor(cards / 4)));
  const first: Sample[] = [];
  const last: Sample[] = [];
  const heapFirstMb = heapMb();
  for (let made = 0; made < cards; made++) {
    const sample = await measureOne(card, reader);
    if (made < window) first.push(sample);
    if (made >= cards - window) last.push(sample);
    onCard(made + 1);
  }
  return {
    cards,
    firstMs: median(first.map(({ cardMs }) => cardMs)),
    lastMs: median(last.map(({ cardMs }) => cardMs)),
    ratio: relative(last) / relative(first),
    heapFirstMb,
    heapLastMb: heapMb(),
  };
}

/** The result in one line, with its targets. */
export function renderDriftBench(result: DriftBenchResult): string {
  const { cards, firstMs, lastMs, ratio, heapFirstMb, heapLastMb } = result;
  const isMet = ratio <= MAX_GROWTH && heapLastMb - heapFirstMb <= MAX_HEAP_GROWTH_MB;
  return (
    `drift: card 1 ${firstMs.toFixed(1)} ms, card ${cards} ${lastMs.toFixed(1)} ms of one core, ` +
    `ratio ${ratio.toFixed(3)} beside fixed work, at most ${MAX_GROWTH.toFixed(2)} wanted; ` +
    `heap ${heapFirstMb.toFixed(1)} MB, then ${heapLastMb.toFixed(1)} MB, ` +
    `at most ${MAX_HEAP_GROWTH_MB} MB more wanted: ${isMet ? 'met' : 'missed'}`
  );
}

async function measureOne(card: BenchCard, reader: VirtualReader): Promise<Sample> {
  const referenceMs = await coreMs(() =>
    encryptTripleDesCbc(REFERENCE_KEY, zeroDesIv(), REFERENCE_BYTES),
  );
  return { referenceMs, cardMs: await coreMs(() => makeOne(card, reader)) };
}

async function makeOne({ kind, make }: BenchCard, reader: VirtualReader): Promise<void> {
  reader.insert(new VirtualCard({ kind, random: systemRandom }));
  const connection = await reader.connect({ timeoutMs: 0 });
  await make(connection);
  await connection.disconnect();
  reader.remove();
}

/** Time of this process on its cores, which other programs cannot lengthen much. */
async function coreMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function relative(samples: readonly Sample[]): number {
  return (
    median(samples.map(({ cardMs }) => cardMs)) / median(samples.map((one) => one.referenceMs))
  );
}

function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
