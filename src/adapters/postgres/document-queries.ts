import type {
  AttemptOutcome,
  AttemptSummary,
  DocumentId,
  DocumentSummary,
  Page,
  TraceEvent,
} from '../../production/document/line-store';
import type { DocumentState } from '../../production/document/life-cycle';
import type { Transaction } from './database';
import { pageLimit } from './page-limit';

interface DocumentRow {
  readonly id: number;
  readonly record_id: string;
  readonly record_version: number;
  readonly product: string;
  readonly state: DocumentState;
  readonly state_since: Date;
  readonly state_reasons: string[];
  readonly claimed_by: string | null;
  readonly registered_at: Date;
}

interface AttemptRow {
  readonly id: number;
  readonly document: number;
  readonly chip_serial: string;
  readonly chip: string;
  readonly station: string;
  readonly opened_at: Date;
  readonly outcome: AttemptOutcome;
  readonly spoil_code: string | null;
}

const SELECT_DOCUMENT = `select id, record_id, record_version, product, state, state_since,
  state_reasons, claimed_by, registered_at from document`;

export async function findDocument(
  transaction: Transaction,
  documentId: DocumentId,
): Promise<DocumentSummary | undefined> {
  const rows = await transaction.rows<DocumentRow>(`${SELECT_DOCUMENT} where id = $1`, [
    documentId,
  ]);
  return (await withAttempts(transaction, rows))[0];
}

export async function findDocumentByRecord(
  transaction: Transaction,
  recordId: string,
): Promise<DocumentSummary | undefined> {
  const rows = await transaction.rows<DocumentRow>(
    `${SELECT_DOCUMENT} where record_id = $1 order by record_version desc limit 1`,
    [recordId],
  );
  return (await withAttempts(transaction, rows))[0];
}

export async function listDocuments(
  transaction: Transaction,
  page: Page<DocumentId> & { readonly state?: DocumentState } = {},
): Promise<readonly DocumentSummary[]> {
  const inState = page.state === undefined ? '' : 'and state = $3';
  const rows = await transaction.rows<DocumentRow>(
    `${SELECT_DOCUMENT} where id > $1 ${inState} order by id limit $2`,
    [page.after ?? 0, pageLimit(page), ...(page.state === undefined ? [] : [page.state])],
  );
  return withAttempts(transaction, rows);
}

/** Events of the document, and those of every card that was spent on it. */
export async function readTrace(
  transaction: Transaction,
  documentId: DocumentId,
): Promise<readonly TraceEvent[]> {
  const rows = await transaction.rows<{
    at: Date;
    by: string;
    subject: TraceEvent['subject'];
    event: string;
    from_state: string | null;
    chip_serial: string | null;
    attempt: number | null;
    reasons: string[];
  }>(
    `select at, by, subject, event, from_state, chip_serial, attempt, reasons from event
      where id in (
        select id from event where document = $1
        union
        select id from event where chip_serial in (select chip_serial from attempt where document = $1)
      ) order by id`,
    [documentId],
  );
  return rows.map((row) => ({
    at: row.at,
    by: row.by,
    subject: row.subject,
    event: row.event,
    ...(row.from_state === null ? {} : { from: row.from_state }),
    ...(row.chip_serial === null ? {} : { chipSerial: row.chip_serial }),
    ...(row.attempt === null ? {} : { attemptId: row.attempt }),
    reasons: row.reasons,
  }));
}

async function withAttempts(
  transaction: Transaction,
  documents: readonly DocumentRow[],
): Promise<DocumentSummary[]> {
  if (documents.length === 0) return [];
  const rows = await transaction.rows<AttemptRow>(
    `select id, document, chip_serial, chip, station, opened_at, outcome, spoil_code
      from attempt where document = any($1::bigint[]) order by id`,
    [documents.map(({ id }) => id)],
  );
  return documents.map((row) => ({
    documentId: row.id,
    recordId: row.record_id,
    recordVersion: row.record_version,
    product: row.product,
    state: row.state,
    since: row.state_since,
    reasons: row.state_reasons,
    ...(row.claimed_by === null ? {} : { claimedBy: row.claimed_by }),
    registeredAt: row.registered_at,
    attempts: rows.filter(({ document }) => document === row.id).map(toSummary),
  }));
}

function toSummary(row: AttemptRow): AttemptSummary {
  return {
    attemptId: row.id,
    chipSerial: row.chip_serial,
    chip: row.chip,
    station: row.station,
    openedAt: row.opened_at,
    outcome: row.outcome,
    ...(row.spoil_code === null ? {} : { reasonCode: row.spoil_code }),
  };
}
