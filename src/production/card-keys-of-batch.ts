import type { Line } from './line-parts';
import type { CardKeyHsm } from './ports';

/** The same keys, asked for as those of a batch of cards. */
export function cardKeysOfBatch(cardKeys: CardKeyHsm, batch: string): CardKeyHsm {
  return {
    deriveCardSession: (card, session) => cardKeys.deriveCardSession({ ...card, batch }, session),
    encryptForCard: (card, session, data) =>
      cardKeys.encryptForCard({ ...card, batch }, session, data),
    wrapCardKeys: (card, session, next) =>
      cardKeys.wrapCardKeys({ ...card, batch }, session, { ...next, batch }),
  };
}

/** The line with the card keys of the lot that a card came with. */
export async function lineForCard(line: Line, chipSerial: string): Promise<Line> {
  const { cardKeys } = line;
  if (cardKeys === undefined) return line;
  const lot = (await line.store.findCard(chipSerial))?.lot;
  return lot === undefined ? line : { ...line, cardKeys: cardKeysOfBatch(cardKeys, lot) };
}
