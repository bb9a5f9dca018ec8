import { createHash } from 'node:crypto';
import type {
  AuditEvent,
  AuditHead,
  AuditLog,
  AuditVisitor,
  CheckpointOrder,
  StoredCheckpoint,
} from '../../production/document/custody/audit-log';
import {
  encodeAuditEntry,
  encodeCheckpoint,
  NO_PREVIOUS,
} from '../../production/document/custody/audit-text';
import { openDatabase, type Database, type Transaction } from './database';

const PLACE = 'audit log';
const TURNS = 7_220_232;
const PAGE_ROWS = 2000;

/** The audit log in PostgreSQL; the rules of the chain stand in 0008_audit.sql. */
export function openPostgresAuditLog(connectionString: string): AuditLog {
  const database = openDatabase(connectionString);
  return { ...createAuditLog(database), close: () => database.close() };
}

export function createAuditLog(database: Database): Omit<AuditLog, 'close'> {
  return {
    append: (writer, event) =>
      database.transaction(PLACE, (transaction) => appendEntry(transaction, writer, event)),
    addCheckpoint: (order) =>
      database.transaction(PLACE, (transaction) => addCheckpoint(transaction, order)),
    readAll: (visit) => database.transaction(PLACE, (transaction) => readAll(transaction, visit)),
  };
}

/** Writers of one chain take turns; those of different chains do not meet. */
export async function appendEntry(
  transaction: Transaction,
  writer: string,
  event: AuditEvent,
): Promise<AuditHead> {
  await transaction.rows('select pg_advisory_xact_lock($1, hashtext($2))', [TURNS, writer]);
  const [last] = await transaction.rows<{ sequence: number; sha256: Uint8Array }>(
    'select sequence, sha256 from audit_entry where writer = $1 order by sequence desc limit 1',
    [writer],
  );
  const sequence = (last?.sequence ?? 0) + 1;
  const previous = new Uint8Array(last?.sha256 ?? NO_PREVIOUS);
  const text = encodeAuditEntry({ ...event, writer, sequence, previous });
  const sha256 = sha256Of(text);
  await transaction.rows(
    'insert into audit_entry (writer, sequence, previous, sha256, text) values ($1, $2, $3, $4, $5)',
    [writer, sequence, previous, sha256, text],
  );
  return { writer, sequence, sha256 };
}

async function addCheckpoint(
  transaction: Transaction,
  { at, algorithm, sign }: CheckpointOrder,
): Promise<StoredCheckpoint> {
  // One moment for heads, entries and the checkpoint before: what comes later belongs to the next.
  await transaction.rows('set transaction isolation level repeatable read');
  const [last] = await transaction.rows<{ number: number; sha256: Uint8Array }>(
    'select number, sha256 from audit_checkpoint order by number desc limit 1',
  );
  const heads = await readHeads(transaction);
  const [end] = await transaction.rows<{ id: number }>(
    'select coalesce(max(id), 0) as id from audit_entry',
  );
  const text = encodeCheckpoint({
    ...{ kind: 'periodic', at, algorithm, heads },
    number: (last?.number ?? 0) + 1,
    previous: new Uint8Array(last?.sha256 ?? NO_PREVIOUS),
  });
  const signature = await sign(text);
  await transaction.rows(
    `insert into audit_checkpoint (number, text, sha256, signature, after_entry)
      values ($1, $2, $3, $4, $5)`,
    [(last?.number ?? 0) + 1, text, sha256Of(text), signature, end?.id ?? 0],
  );
  return { text, signature };
}

/** One step of the index a writer, however long the chains are. */
async function readHeads(transaction: Transaction): Promise<readonly AuditHead[]> {
  const rows = await transaction.rows<{ writer: string; sequence: number; sha256: Uint8Array }>(
    `with recursive writers (writer) as (
        (select writer from audit_entry order by writer limit 1)
        union all
        select (select writer from audit_entry where writer > writers.writer order by writer limit 1)
          from writers where writers.writer is not null
      )
      select heads.writer, heads.sequence, heads.sha256 from writers,
        lateral (
          select writer, sequence, sha256 from audit_entry
            where audit_entry.writer = writers.writer order by sequence desc limit 1
        ) heads
      order by heads.writer`,
  );
  return rows.map((row) => ({ ...row, sha256: new Uint8Array(row.sha256) }));
}

async function readAll(transaction: Transaction, visit: AuditVisitor): Promise<void> {
  await transaction.rows('set transaction isolation level repeatable read, read only');
  const checkpoints = await transaction.rows<{
    text: string;
    signature: Uint8Array;
    after_entry: number;
  }>('select text, signature, after_entry from audit_checkpoint order by number');
  let waiting = 0;
  const visitCheckpoints = async (before: number): Promise<void> => {
    for (let next = checkpoints[waiting]; next; next = checkpoints[waiting]) {
      if (next.after_entry >= before) return;
      waiting++;
      await visit.checkpoint({ text: next.text, signature: new Uint8Array(next.signature) });
    }
  };
  for (let after = 0; ;) {
    const rows = await transaction.rows<{ id: number; text: string; sha256: Uint8Array }>(
      'select id, text, sha256 from audit_entry where id > $1 order by id limit $2',
      [after, PAGE_ROWS],
    );
    for (const { id, text, sha256 } of rows) {
      await visitCheckpoints(id);
      await visit.entry({ text, sha256: new Uint8Array(sha256) });
      after = id;
    }
    if (rows.length < PAGE_ROWS) break;
  }
  await visitCheckpoints(Number.POSITIVE_INFINITY);
}

function sha256Of(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text, 'utf8').digest());
}
