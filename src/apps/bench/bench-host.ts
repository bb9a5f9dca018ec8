import { ProductionError } from '../../production/errors';
import { makeNextCard } from '../../production/line';
import type { Line } from '../../production/line-parts';
import type { CardConnection, CardReader } from '../../production/ports';
import { identifyChip } from '../../production/encoding/identify-chip';
import type { ChipKind } from '../../simulation/chip/chip-kinds';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { systemRandom } from '../system';
import { median } from './rates';

export interface HostBenchRequest {
  readonly line: Line;
  readonly kind: ChipKind;
  readonly cards: number;
  /** Registers so many documents. */
  readonly register: (count: number) => Promise<void>;
}

export interface HostBenchResult {
  readonly cards: number;
  /** Median of what a card takes from its claim to its release, but for the chip's own time. */
  readonly hostMs: number;
  /** Of this, what passes before the first stage that needs the chip. */
  readonly beforeChipMs: number;
}

/** Time per card outside the chip [design: under 100 ms, under 5 % with a chip that takes 10 s]. */
const MAX_HOST_MS = 100;
const MAX_SHARE = 0.05;
const SLOW_CHIP_MS = 10_000;
const WARM_UP_CARDS = 10;
const STATION = 'bench';

/** Whole cards from claim to release over a real database, less the time that the chip took. */
export async function runHostBench(request: HostBenchRequest): Promise<HostBenchResult> {
  const { line, kind, cards } = request;
  const warmUps = Math.min(WARM_UP_CARDS, cards);
  await request.register(warmUps + cards);
  const samples: { readonly hostMs: number; readonly beforeChipMs: number }[] = [];
  for (let made = 0; made < warmUps + cards; made++) {
    const sample = await makeOne(line, await takeBlank(line, kind));
    if (made >= warmUps) samples.push(sample);
  }
  return {
    cards,
    hostMs: median(samples.map(({ hostMs }) => hostMs)),
    beforeChipMs: median(samples.map(({ beforeChipMs }) => beforeChipMs)),
  };
}

/** The result in one line, with its targets. */
export function renderHostBench({ cards, hostMs, beforeChipMs }: HostBenchResult): string {
  const share = hostMs / (hostMs + SLOW_CHIP_MS);
  const isMet = hostMs < MAX_HOST_MS && share < MAX_SHARE;
  return (
    `host: ${hostMs.toFixed(1)} ms a card outside the chip, ${beforeChipMs.toFixed(1)} ms of it ` +
    `before the card is needed, median of ${cards}; ${(share * 100).toFixed(1)} % of a card ` +
    `whose chip takes 10 s; less than ${MAX_HOST_MS} ms and ${MAX_SHARE * 100} % wanted: ` +
    (isMet ? 'met' : 'missed')
  );
}

async function makeOne(line: Line, card: VirtualCard) {
  const reader = new StopwatchReader(card);
  const begin = performance.now();
  const station = { name: STATION, reader, chip: card.kind, cardTimeoutMs: 0 };
  const outcome = await makeNextCard(line, station);
  const wholeMs = performance.now() - begin;
  if (outcome?.outcome !== 'released') {
    throw outcome?.error ?? new ProductionError('STATE_CONFLICT', STATION, ['nothing waits']);
  }
  return { hostMs: wholeMs - reader.chipMs, beforeChipMs: reader.firstUsedAt - begin };
}

/** A blank that was received, stored and issued, as every card is before it is made. */
async function takeBlank({ store }: Line, kind: ChipKind): Promise<VirtualCard> {
  const card = new VirtualCard({ kind, random: systemRandom });
  const desk = new VirtualReader('goods-in');
  desk.insert(card);
  const connection = await desk.connect({ timeoutMs: 0 });
  const { serial } = await identifyChip(connection);
  await connection.disconnect();
  desk.remove();
  const movement = { chipSerials: [serial], by: STATION };
  await store.receiveCards({ ...movement, lot: 'bench-lot', chip: kind });
  await store.storeCards(movement);
  await store.issueCards({ ...movement, station: STATION });
  return card;
}

/** A reader that knows how long its chip was at work. */
class StopwatchReader implements CardReader {
  readonly name = 'bench reader';
  chipMs = 0;
  firstUsedAt = Number.NaN;
  readonly #inner = new VirtualReader(this.name);

  constructor(card: VirtualCard) {
    this.#inner.insert(card);
  }

  async connect(options: { readonly timeoutMs: number }): Promise<CardConnection> {
    if (Number.isNaN(this.firstUsedAt)) this.firstUsedAt = performance.now();
    const connection = await this.#timed(() => this.#inner.connect(options));
    return {
      atr: connection.atr,
      transmit: (command) => this.#timed(() => connection.transmit(command)),
      reset: () => this.#timed(() => connection.reset()),
      disconnect: () => this.#timed(() => connection.disconnect()),
    };
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    try {
      return await work();
    } finally {
      this.chipMs += performance.now() - begin;
    }
  }
}
