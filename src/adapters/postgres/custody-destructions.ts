import type {
  DestructionStore,
  KeyDestruction,
} from '../../production/document/custody/destruction-store';
import { appendJournal } from './append-journal';
import { columnsOf } from './approval-columns';
import { useProposal } from './custody-four-eyes';
import type { Database } from './database';
import { stateConflict } from './state-conflict';

/** Ends of keys in PostgreSQL; the rules stand in 0015_acts.sql. */
export function createDestructionStore(database: Database): DestructionStore {
  return {
    begin: ({ label, purpose, publicKeySha256, begunAt, by }, approval) =>
      database.transaction(`key ${label}`, async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        await transaction.rows(
          `insert into key_destruction (label, purpose, public_key_sha256, begun_at, by, proposal, step)
            values ($1, $2, $3, $4, $5, $6, $7)`,
          [label, purpose, publicKeySha256, begunAt, by, ...columnsOf(approval)],
        );
      }),
    finish: (label, at, done) =>
      database.transaction(`key ${label}`, async (transaction) => {
        if (done !== undefined) await appendJournal(transaction, done.proposalId, done.entry);
        const rows = await transaction.rows(
          `update key_destruction set destroyed_at = greatest($2, begun_at)
            where label = $1 and destroyed_at is null returning label`,
          [label, at],
        );
        if (rows.length === 0) throw stateConflict(`key ${label}`, 'its destruction is not open');
      }),
    listDestructions: () =>
      database.transaction('keys', async (transaction) => {
        const rows = await transaction.rows<{
          label: string;
          purpose: KeyDestruction['purpose'];
          public_key_sha256: Uint8Array | null;
          begun_at: Date;
          by: string;
          destroyed_at: Date | null;
        }>('select * from key_destruction order by begun_at, label');
        return rows.map((row) => ({
          ...{ label: row.label, purpose: row.purpose, begunAt: row.begun_at, by: row.by },
          ...(row.public_key_sha256 !== null && {
            publicKeySha256: new Uint8Array(row.public_key_sha256),
          }),
          ...(row.destroyed_at !== null && { destroyedAt: row.destroyed_at }),
        }));
      }),
  };
}
