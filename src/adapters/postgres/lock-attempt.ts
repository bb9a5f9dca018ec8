import type { AttemptId, AttemptOutcome } from '../../production/document/line-store';
import type { DocumentState } from '../../production/document/life-cycle';
import type { Transaction } from './database';
import { stateConflict } from './state-conflict';

export interface LockedAttempt {
  readonly document: number;
  readonly chip_serial: string;
  readonly station: string;
  readonly outcome: AttemptOutcome;
  /** State of the document. */
  readonly state: DocumentState;
}

/**
 * Locks the document, then the attempt, then the card, in the order that every transaction keeps,
 * so that no two wait for each other.
 *
 * @throws ProductionError `STATE_CONFLICT` when there is no such attempt.
 */
export async function lockAttempt(
  transaction: Transaction,
  attemptId: AttemptId,
): Promise<LockedAttempt> {
  await transaction.rows(
    'select from document where id = (select document from attempt where id = $1) for update',
    [attemptId],
  );
  const [attempt] = await transaction.rows<LockedAttempt>(
    `select attempt.document, attempt.chip_serial, attempt.station, attempt.outcome, document.state
      from attempt join document on document.id = attempt.document
      where attempt.id = $1 for update of attempt`,
    [attemptId],
  );
  if (attempt === undefined) throw stateConflict(`attempt ${attemptId}`, 'there is none');
  await transaction.rows('select from card where chip_serial = $1 for update', [
    attempt.chip_serial,
  ]);
  return attempt;
}
