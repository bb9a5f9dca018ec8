import type { InspectionPhase, OpenAttempt } from '../../production/document/line-store';
import type { Transaction } from './database';
import { decodeFileHashes } from './file-hashes';
import type { HolderContent } from './holder-content';
import { stateConflict } from './state-conflict';

interface OpenRow {
  readonly id: number;
  readonly document: number;
  readonly product: string;
  readonly state: 'encoding' | 'encoded';
  readonly chip_serial: string;
  readonly chip: string;
  readonly opened_at: Date;
  readonly script_sha256: Uint8Array;
  readonly file_hashes: Record<string, string>;
}

/** What a station began and did not end, with everything that it needs to go on. */
export async function findOpenAttempts(
  transaction: Transaction,
  content: HolderContent,
  station: string,
): Promise<readonly OpenAttempt[]> {
  const rows = await transaction.rows<OpenRow>(
    `select attempt.id, attempt.document, document.product, document.state, attempt.chip_serial,
        attempt.chip, attempt.opened_at, attempt.script_sha256, attempt.file_hashes
      from attempt join document on document.id = attempt.document
      where attempt.station = $1 and attempt.outcome = 'open' order by attempt.id`,
    [station],
  );
  const found: OpenAttempt[] = [];
  for (const row of rows) found.push(await complete(transaction, content, row));
  return found;
}

async function complete(
  transaction: Transaction,
  content: HolderContent,
  row: OpenRow,
): Promise<OpenAttempt> {
  const inspections = await transaction.rows<{ phase: InspectionPhase; verdict: 'pass' | 'fail' }>(
    'select phase, verdict from inspection where attempt = $1 order by id',
    [row.id],
  );
  const record = await content.readRecord(transaction, row.document);
  const prepared = await content.readPrepared(transaction, row.document);
  if (record === undefined || prepared === undefined) {
    throw stateConflict(`document ${row.document}`, 'its content is erased');
  }
  return {
    attemptId: row.id,
    documentId: row.document,
    product: row.product,
    documentState: row.state,
    chipSerial: row.chip_serial,
    chip: row.chip,
    openedAt: row.opened_at,
    scriptSha256: new Uint8Array(row.script_sha256),
    fileHashes: decodeFileHashes(row.file_hashes),
    inspections,
    record,
    content: prepared,
  };
}
