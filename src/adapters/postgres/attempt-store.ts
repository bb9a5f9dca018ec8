import type {
  AttemptId,
  AttemptStore,
  InspectionPhase,
} from '../../production/document/line-store';
import type { InspectionReport } from '../../production/document/inspection-report';
import type { Database, Transaction } from './database';
import type { HolderContent } from './holder-content';
import { summarizeInspection } from './inspection-summary';
import { findOpenAttempts } from './open-attempts';
import { openAttempt } from './open-attempt';
import { release, spoil } from './close-attempt';
import { lockAttempt } from './lock-attempt';
import { stateConflict } from './state-conflict';

export function createAttemptStore(database: Database, content: HolderContent): AttemptStore {
  const inAttempt = (
    attemptId: AttemptId,
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<void> => database.transaction(`attempt ${attemptId}`, work);
  return {
    openAttempt: (intent) =>
      database.transaction(`document ${intent.documentId}`, (transaction) =>
        openAttempt(transaction, intent),
      ),
    recordInspection: (attemptId, phase, report) =>
      inAttempt(attemptId, (transaction) =>
        recordInspection(transaction, attemptId, { phase, report }),
      ),
    recordEncoded: (attemptId) =>
      inAttempt(attemptId, (transaction) => recordEncoded(transaction, attemptId)),
    release: (attemptId) =>
      inAttempt(attemptId, (transaction) => release(transaction, content, attemptId)),
    spoil: (attemptId, reason) =>
      inAttempt(attemptId, (transaction) => spoil(transaction, content, { attemptId, reason })),
    openAttempts: (station) =>
      database.transaction(`attempts of ${station}`, (transaction) =>
        findOpenAttempts(transaction, content, station),
      ),
  };
}

async function recordInspection(
  transaction: Transaction,
  attemptId: AttemptId,
  inspection: { readonly phase: InspectionPhase; readonly report: InspectionReport },
): Promise<void> {
  const attempt = await lockAttempt(transaction, attemptId);
  if (attempt.outcome !== 'open') {
    throw stateConflict(`attempt ${attemptId}`, `it is ${attempt.outcome} and not open`);
  }
  const { phase, report } = inspection;
  await transaction.rows(
    `insert into inspection (attempt, phase, verdict, inspected_at, summary)
      values ($1, $2, $3, $4, $5)`,
    [
      attemptId,
      phase,
      report.verdict,
      report.inspectedAt,
      JSON.stringify(summarizeInspection(report)),
    ],
  );
}

async function recordEncoded(transaction: Transaction, attemptId: AttemptId): Promise<void> {
  const attempt = await lockAttempt(transaction, attemptId);
  if (attempt.outcome === 'open' && attempt.state === 'encoded') return;
  if (attempt.outcome !== 'open' || attempt.state !== 'encoding') {
    throw stateConflict(
      `attempt ${attemptId}`,
      `it is ${attempt.outcome} and its document ${attempt.state}`,
    );
  }
  await transaction.rows(
    `update document set state = 'encoded', state_by = $2, state_reasons = '{}' where id = $1`,
    [attempt.document, attempt.station],
  );
}
