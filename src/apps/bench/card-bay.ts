import { setTimeout as delay } from 'node:timers/promises';
import type { CardReader } from '../../production/ports';
import type { ChipKind } from '../../simulation/chip/chip-kinds';
import { TYPICAL_TIMING } from '../../simulation/chip/chip-timing';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { systemRandom } from '../system';

/** Readers side by side with chips that take their time, and a hand that changes the cards. */
export interface CardBay {
  /** Where the readers are, in words. */
  readonly words: string;
  readonly readers: readonly CardReader[];
  /** Takes the card out of a reader, if there is one, and puts a fresh blank one in. */
  insertBlank(index: number): Promise<void>;
  close(): Promise<void>;
}

/** A blank card that takes as long as a chip of the middle of the market. */
export function makeTimedCard(kind: ChipKind): VirtualCard {
  return new VirtualCard({
    ...{ kind, random: systemRandom, timing: TYPICAL_TIMING },
    sleep: (durationMs) => delay(durationMs),
  });
}

/** Readers and chips in this process. */
export function openBayInProcess(kind: ChipKind, count: number): CardBay {
  const readers = Array.from({ length: count }, (_, index) => new VirtualReader(`reader ${index}`));
  return {
    words: 'in process',
    readers,
    insertBlank: (index) => {
      readers[index]?.remove();
      readers[index]?.insert(makeTimedCard(kind));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
