import { ProductionError, type ErrorCode } from '../errors';
import type { CardChannel } from '../ports';
import type { ChipProfile } from '../profile/chip';
import { observeLife, type ChipLife } from './observe-life';

export type BlankProbe =
  | { readonly blank: true; readonly life: ChipLife }
  | { readonly blank: false; readonly life: ChipLife; readonly code: ErrorCode };

/**
 * Whether the chip that was just reset is a blank of this kind, and what spoke for or against it.
 *
 * @throws ProductionError `CARD_LOST`, `CARD_MUTE`
 */
export async function probeBlank(channel: CardChannel, chip: ChipProfile): Promise<BlankProbe> {
  const life = await observeLife(channel, chip);
  switch (life.sign) {
    case 'open':
    case 'empty':
      return { blank: true, life };
    case 'foreign':
      return { blank: false, life, code: 'CARD_WRONG_TYPE' };
    default:
      return { blank: false, life, code: 'CARD_NOT_BLANK' };
  }
}

/** @throws ProductionError `CARD_NOT_BLANK`, `CARD_WRONG_TYPE`, `CARD_LOST`, `CARD_MUTE` */
export async function requireBlank(channel: CardChannel, chip: ChipProfile): Promise<void> {
  const probe = await probeBlank(channel, chip);
  if (probe.blank) return;
  const evidence = probe.life.evidence.map(({ en }) => en);
  throw new ProductionError(probe.code, chip.name, [`the chip is ${probe.life.sign}`, ...evidence]);
}
