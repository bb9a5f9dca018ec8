import type { AttemptId, AttemptIntent } from '../../production/document/line-store';
import type { CardState, DocumentState } from '../../production/document/life-cycle';
import { equalBytes } from '../../standards/bytes/compare';
import type { Transaction } from './database';
import { encodeFileHashes } from './file-hashes';
import { stateConflict } from './state-conflict';

interface LastAttempt {
  readonly id: number;
  readonly ordinal: number;
  readonly outcome: string;
  readonly chip_serial: string;
  readonly station: string;
  readonly script_sha256: Uint8Array;
}

/** prepared → encoding: the intent of one station to write one document to one card. */
export async function openAttempt(
  transaction: Transaction,
  intent: AttemptIntent,
): Promise<AttemptId> {
  const { documentId, station, chipSerial } = intent;
  const place = `document ${documentId}`;
  const [document] = await transaction.rows<{ state: DocumentState; claimed_by: string | null }>(
    'select state, claimed_by from document where id = $1 for update',
    [documentId],
  );
  if (document?.claimed_by !== station) throw stateConflict(place, `${station} has no claim to it`);
  const [last] = await transaction.rows<LastAttempt>(
    `select id, ordinal, outcome, chip_serial, station, script_sha256 from attempt
      where document = $1 order by ordinal desc limit 1`,
    [documentId],
  );
  if (last !== undefined && isSame(last, intent)) return last.id;
  if (document.state !== 'prepared') {
    throw stateConflict(place, `it is ${document.state}, not prepared`);
  }
  await requireUsableCard(transaction, intent);
  const [row] = await transaction.rows<{ id: number }>(
    `insert into attempt (document, ordinal, remake_of, signature, chip_serial, chip, station,
        script_sha256, file_hashes)
      select $1, $2, $3, max(id), $4, $5, $6, $7, $8 from signature where document = $1
      returning id`,
    [
      documentId,
      (last?.ordinal ?? 0) + 1,
      last?.id,
      chipSerial,
      intent.chip,
      station,
      intent.scriptSha256,
      encodeFileHashes(intent.fileHashes),
    ],
  );
  await transaction.rows(
    `update document set state = 'encoding', state_by = $2, state_reasons = '{}' where id = $1`,
    [documentId, station],
  );
  return row?.id ?? 0;
}

/** True when the answer to the same call got lost. */
function isSame(last: LastAttempt, intent: AttemptIntent): boolean {
  return (
    last.outcome === 'open' &&
    last.chip_serial === intent.chipSerial &&
    last.station === intent.station &&
    equalBytes(last.script_sha256, intent.scriptSha256)
  );
}

async function requireUsableCard(transaction: Transaction, intent: AttemptIntent): Promise<void> {
  const place = `card ${intent.chipSerial}`;
  const [card] = await transaction.rows<{
    chip: string;
    state: CardState;
    place: string;
  }>('select chip, state, place from card where chip_serial = $1 for update', [intent.chipSerial]);
  if (card === undefined) throw stateConflict(place, 'the card is not in stock');
  if (card.state !== 'issued') throw stateConflict(place, `the card is ${card.state}, not issued`);
  if (card.place !== intent.station) {
    throw stateConflict(place, `the card is issued to ${card.place}, not to ${intent.station}`);
  }
  if (card.chip !== intent.chip) {
    throw stateConflict(place, `the card is of chip type ${card.chip}, not ${intent.chip}`);
  }
  const [used] = await transaction.rows<{ document: number }>(
    'select document from attempt where chip_serial = $1',
    [intent.chipSerial],
  );
  if (used !== undefined) {
    throw stateConflict(place, `the card was used for document ${used.document} already`);
  }
}
