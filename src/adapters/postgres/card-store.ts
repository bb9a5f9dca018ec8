import type {
  Card,
  CardDelivery,
  CardMovement,
  CardStore,
} from '../../production/document/line-store';
import type { CardState } from '../../production/document/life-cycle';
import type { Database, Transaction } from './database';
import { stateConflict } from './state-conflict';

interface Move extends CardMovement {
  readonly from: CardState;
  readonly to: CardState;
  readonly place: string;
}

export function createCardStore(database: Database): CardStore {
  const move = (change: Move) =>
    database.transaction('cards', (transaction) => moveCards(transaction, change));
  return {
    receiveCards: (delivery) =>
      database.transaction(`lot ${delivery.lot}`, (transaction) =>
        receiveCards(transaction, delivery),
      ),
    storeCards: (movement) =>
      move({ ...movement, from: 'received', to: 'in-vault', place: 'vault' }),
    issueCards: (movement) =>
      move({ ...movement, from: 'in-vault', to: 'issued', place: movement.station }),
    findCard: (chipSerial) =>
      database.transaction('cards', (transaction) => findCard(transaction, chipSerial)),
  };
}

async function receiveCards(transaction: Transaction, delivery: CardDelivery): Promise<void> {
  const place = `lot ${delivery.lot}`;
  const serials = [...new Set(delivery.chipSerials)];
  await transaction.rows(
    'insert into card_lot (lot, chip) values ($1, $2) on conflict (lot) do nothing',
    [delivery.lot, delivery.chip],
  );
  await transaction.rows(
    `insert into card (chip_serial, lot, chip, state_by)
      select serial, $2, $3, $4 from unnest($1::text[]) as serial
      on conflict (chip_serial) do nothing`,
    [serials, delivery.lot, delivery.chip, delivery.by],
  );
  const others = await transaction.rows(
    `select from card where chip_serial = any($1::text[])
      and not (state = 'received' and lot = $2 and chip = $3)`,
    [serials, delivery.lot, delivery.chip],
  );
  if (others.length > 0) {
    throw stateConflict(place, `${others.length} of the chip serials are in stock already`);
  }
}

async function moveCards(transaction: Transaction, move: Move): Promise<void> {
  const serials = [...new Set(move.chipSerials)];
  const found = await transaction.rows<{ chip_serial: string; state: CardState; place: string }>(
    `select chip_serial, state, place from card where chip_serial = any($1::text[])
      order by chip_serial for update`,
    [serials],
  );
  const known = new Map(found.map((card) => [card.chip_serial, card]));
  for (const serial of serials) {
    const card = known.get(serial);
    if (card === undefined) throw stateConflict(`card ${serial}`, 'the card is not in stock');
    const isThere = card.state === move.to && card.place === move.place;
    if (card.state !== move.from && !isThere) {
      throw stateConflict(`card ${serial}`, `the card is ${card.state}, not ${move.from}`);
    }
  }
  await transaction.rows(
    `update card set state = $2, place = $3, state_by = $4, state_reasons = '{}'
      where chip_serial = any($1::text[]) and state = $5`,
    [serials, move.to, move.place, move.by, move.from],
  );
}

async function findCard(transaction: Transaction, chipSerial: string): Promise<Card | undefined> {
  const [row] = await transaction.rows<{
    chip: string;
    lot: string;
    state: CardState;
    place: string;
    state_since: Date;
  }>('select chip, lot, state, place, state_since from card where chip_serial = $1', [chipSerial]);
  if (row === undefined) return undefined;
  const { chip, lot, state, place, state_since: since } = row;
  return { chipSerial, chip, lot, state, place, since };
}
