import { ProductionError } from './errors';
import type { Line } from './line-parts';
import type { CardKeyHsm } from './ports';
import type { ChipProfile } from './profile/chip';

/** The same keys, asked for as those of a batch of cards. */
export function cardKeysOfBatch(cardKeys: CardKeyHsm, batch: string): CardKeyHsm {
  return {
    ...(cardKeys.realm !== undefined && { realm: cardKeys.realm }),
    deriveCardSession: (card, session) => cardKeys.deriveCardSession({ ...card, batch }, session),
    encryptForCard: (card, session, data) =>
      cardKeys.encryptForCard({ ...card, batch }, session, data),
    wrapCardKeys: (card, session, next) =>
      cardKeys.wrapCardKeys({ ...card, batch }, session, { ...next, batch }),
  };
}

/**
 * Training cards are opened with test keys alone, wherever they turn up.
 *
 * @throws ProductionError `CARD_KEYS_MIXED`
 */
export function requireKeysForChip(
  { realm }: Pick<CardKeyHsm, 'realm'>,
  { name, purpose, script }: Pick<ChipProfile, 'name' | 'purpose' | 'script'>,
): void {
  const isOpened = script.some(({ verb }) => verb === 'open-channel');
  if (purpose !== 'training' || realm !== 'live' || !isOpened) return;
  const reasons = ['it is a training card, and the keys here are live'];
  throw new ProductionError('CARD_KEYS_MIXED', `chip ${name}`, reasons);
}

/** The line with the card keys of the lot that a card came with. @throws `CARD_KEYS_MIXED` */
export async function lineForCard(
  line: Line,
  chipSerial: string,
  chip: ChipProfile,
): Promise<Line> {
  const { cardKeys } = line;
  if (cardKeys === undefined) return line;
  requireKeysForChip(cardKeys, chip);
  const lot = (await line.store.findCard(chipSerial))?.lot;
  return lot === undefined ? line : { ...line, cardKeys: cardKeysOfBatch(cardKeys, lot) };
}
