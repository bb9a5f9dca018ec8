import type { AttemptId, SpoilReason } from '../../production/document/line-store';
import type { Transaction } from './database';
import type { HolderContent } from './holder-content';
import { lockAttempt } from './lock-attempt';
import { stateConflict } from './state-conflict';

/** encoded → released, and the card is good. */
export async function release(
  transaction: Transaction,
  content: HolderContent,
  attemptId: AttemptId,
): Promise<void> {
  const attempt = await lockAttempt(transaction, attemptId);
  if (attempt.outcome === 'good') return;
  if (attempt.outcome !== 'open' || attempt.state !== 'encoded') {
    throw stateConflict(
      `attempt ${attemptId}`,
      `it is ${attempt.outcome} and its document ${attempt.state}`,
    );
  }
  const [last] = await transaction.rows<{ id: number; verdict: string }>(
    `select id, verdict from inspection where attempt = $1 and phase = 'after-lock'
      order by id desc limit 1`,
    [attemptId],
  );
  if (last?.verdict !== 'pass') {
    throw stateConflict(
      `attempt ${attemptId}`,
      last === undefined
        ? 'the chip was not inspected after the lock'
        : 'the last inspection after the lock was not passed',
    );
  }
  await transaction.rows(
    `update attempt set outcome = 'good', closed_at = now(), good_inspection = $2 where id = $1`,
    [attemptId, last.id],
  );
  await transaction.rows(
    `update document set state = 'released', state_by = $2, state_reasons = '{}',
        good_attempt = $3, claimed_by = null, claimed_at = null
      where id = $1`,
    [attempt.document, attempt.station, attemptId],
  );
  await transaction.rows(
    `update card set state = 'good', state_by = $2, state_reasons = '{}', good_attempt = $3
      where chip_serial = $1`,
    [attempt.chip_serial, attempt.station, attemptId],
  );
  await content.erase(transaction, [attempt.document], ['prepared']);
}

/** The card is spoiled, and the document waits for the next one. */
export async function spoil(
  transaction: Transaction,
  content: HolderContent,
  change: { readonly attemptId: AttemptId; readonly reason: SpoilReason },
): Promise<void> {
  const { attemptId, reason } = change;
  const attempt = await lockAttempt(transaction, attemptId);
  if (attempt.outcome === 'spoiled') return;
  if (attempt.outcome !== 'open') {
    throw stateConflict(`attempt ${attemptId}`, 'its card is good already');
  }
  const reasons = [reason.code, ...reason.reasons];
  await transaction.rows(
    `update attempt set outcome = 'spoiled', closed_at = now(), spoil_code = $2, spoil_reasons = $3
      where id = $1`,
    [attemptId, reason.code, reason.reasons],
  );
  await transaction.rows(
    `update card set state = 'spoiled', state_by = $2, state_reasons = $3 where chip_serial = $1`,
    [attempt.chip_serial, attempt.station, reasons],
  );
  await transaction.rows(
    `update document set state = 'spoiled', state_by = $2, state_reasons = $3,
        claimed_by = null, claimed_at = null
      where id = $1`,
    [attempt.document, attempt.station, reasons],
  );
  await transaction.rows(
    `update document set state = 'approved', state_reasons = $2 where id = $1`,
    [attempt.document, [`remake after attempt ${attemptId}`]],
  );
  await content.erase(transaction, [attempt.document], ['prepared']);
}
