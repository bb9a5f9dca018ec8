import type {
  ListedRefusal,
  Page,
  ReceivedRecord,
  RecordRefusal,
  RecordStore,
  Registration,
} from '../../production/document/line-store';
import type { DocumentState } from '../../production/document/life-cycle';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import type { Database, Transaction } from './database';
import type { HolderContent } from './holder-content';
import { pageLimit } from './page-limit';

interface KnownDocument {
  readonly id: number;
  readonly record_version: number;
  readonly state: DocumentState;
  readonly claimed_by: string | null;
  readonly content_sha256: Uint8Array;
}

/** Namespace of the lock under which versions of one record take turns. */
const RECORD_TURN = 7_220_232;

export function createRecordStore(database: Database, content: HolderContent): RecordStore {
  return {
    registerRecord: (received) =>
      database.transaction(`record at ${received.place}`, (transaction) =>
        register(transaction, content, received),
      ),
    recordRefusal: (refusal) =>
      database.transaction(`record at ${refusal.place}`, (transaction) =>
        noteRefusal(transaction, refusal),
      ),
    listRefusals: (page) =>
      database.transaction('refused records', (transaction) => listRefusals(transaction, page)),
  };
}

async function register(
  transaction: Transaction,
  content: HolderContent,
  received: ReceivedRecord,
): Promise<Registration> {
  const { recordId, recordVersion, profile } = received.record.record;
  await transaction.rows('select pg_advisory_xact_lock(hashtextextended($1, $2))', [
    recordId,
    RECORD_TURN,
  ]);
  const known = await transaction.rows<KnownDocument>(
    `select id, record_version, state, claimed_by, content_sha256 from document
      where record_id = $1 for update`,
    [recordId],
  );
  const same = known.find(({ record_version }) => record_version === recordVersion);
  if (same !== undefined) {
    if (!equalBytes(same.content_sha256, received.sha256)) {
      throw new ProductionError('RECORD_CHANGED', received.place);
    }
    await settleRefusals(transaction, received);
    return { outcome: 'already-known', documentId: same.id };
  }
  if (known.some(({ record_version }) => record_version > recordVersion)) {
    throw new ProductionError('RECORD_SUPERSEDED', received.place);
  }
  await supersede(transaction, content, { received, older: known });
  const [row] = await transaction.rows<{ id: number }>(
    `insert into document
      (record_id, record_version, product, source, place, content_sha256, state_by)
      values ($1, $2, $3, $4, $5, $6, $4) returning id`,
    [recordId, recordVersion, profile, received.source, received.place, received.sha256],
  );
  const documentId = row?.id ?? 0;
  await content.writeRecord(transaction, documentId, received.record);
  if (received.hold !== undefined) {
    await transaction.rows(`update document set state = 'held', state_reasons = $2 where id = $1`, [
      documentId,
      received.hold,
    ]);
  }
  await settleRefusals(transaction, received);
  return { outcome: 'registered', documentId };
}

/** Refuses older versions of the record, and erases what was kept of their holder. */
async function supersede(
  transaction: Transaction,
  content: HolderContent,
  change: { readonly received: ReceivedRecord; readonly older: readonly KnownDocument[] },
): Promise<void> {
  const { received, older } = change;
  const live = older.filter(({ state }) => state !== 'refused');
  const begun = live.find(
    ({ state, claimed_by }) =>
      claimed_by !== null || !['approved', 'prepared', 'held'].includes(state),
  );
  if (begun !== undefined) {
    throw new ProductionError('RECORD_IN_PRODUCTION', received.place, [
      `document ${begun.id} is ${begun.state}`,
    ]);
  }
  await transaction.rows(
    `update document set state = 'refused', state_by = $2, state_reasons = $3
      where id = any($1::bigint[])`,
    [
      live.map(({ id }) => id),
      received.source,
      [`superseded by version ${received.record.record.recordVersion} of the record`],
    ],
  );
  await content.erase(
    transaction,
    older.map(({ id }) => id),
    ['record', 'prepared'],
  );
}

/** What stands now at the place of an earlier refusal, or has its record id, settles it. */
async function settleRefusals(transaction: Transaction, received: ReceivedRecord): Promise<void> {
  await transaction.rows(
    `update record_refusal set settled_at = now() where settled_at is null
      and (record_id = $1 or (source = $2 and place = $3))`,
    [received.record.record.recordId, received.source, received.place],
  );
}

async function noteRefusal(transaction: Transaction, refusal: RecordRefusal): Promise<void> {
  await transaction.rows(
    `update record_refusal set settled_at = now()
      where settled_at is null and source = $1 and place = $2 and text_sha256 <> $3`,
    [refusal.source, refusal.place, refusal.sha256],
  );
  await transaction.rows(
    `insert into record_refusal (source, place, record_id, text_sha256, reasons)
      values ($1, $2, $3, $4, $5)
      on conflict on constraint one_refusal_per_text
      do update set reasons = excluded.reasons, settled_at = null`,
    [refusal.source, refusal.place, refusal.recordId, refusal.sha256, refusal.reasons],
  );
}

async function listRefusals(
  transaction: Transaction,
  page: Page<number> = {},
): Promise<readonly ListedRefusal[]> {
  const rows = await transaction.rows<{
    id: number;
    source: string;
    place: string;
    record_id: string | null;
    text_sha256: Uint8Array;
    reasons: string[];
    refused_at: Date;
  }>(
    `select id, source, place, record_id, text_sha256, reasons, refused_at from record_refusal
      where settled_at is null and id > $1 order by id limit $2`,
    [page.after ?? 0, pageLimit(page)],
  );
  return rows.map((row) => ({
    refusalId: row.id,
    refusedAt: row.refused_at,
    source: row.source,
    place: row.place,
    ...(row.record_id === null ? {} : { recordId: row.record_id }),
    sha256: new Uint8Array(row.text_sha256),
    reasons: row.reasons,
  }));
}
