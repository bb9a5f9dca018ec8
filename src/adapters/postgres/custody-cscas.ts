import {
  type CscaStore,
  PUBLICATION_TASKS,
  type PublicationState,
  type RecordedCsca,
} from '../../production/document/custody/csca-store';
import { columnsOf } from './approval-columns';
import { useProposal } from './custody-four-eyes';
import type { Database, Transaction } from './database';
import { stateConflict } from './state-conflict';

/** CSCAs in PostgreSQL; the rules stand in 0011_cscas.sql and 0015_acts.sql. */
export function createCscaStore(database: Database): CscaStore {
  return {
    addCsca: (csca, at, approval) =>
      database.transaction('CSCA', async (transaction) => {
        if (approval !== undefined) await useProposal(transaction, approval);
        const [row] = await transaction.rows<{ number: number }>(
          `insert into csca (number, key_label, algorithm, certificate, link, added_at, proposal, step)
            select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7 from csca
            returning number`,
          [
            ...[csca.keyLabel, csca.algorithm, csca.certificate, csca.link, at],
            ...columnsOf(approval),
          ],
        );
        if (row === undefined) throw new Error('an insert returns its row');
        await transaction.rows(
          'insert into publication_task (csca, task) select $1, unnest($2::text[])',
          [row.number, PUBLICATION_TASKS],
        );
        return row.number;
      }),
    listCscas: () => database.transaction('CSCAs', listCscas),
    listPublications: () => database.transaction('publications', listPublications),
    confirmPublication: ({ csca, task, at, by }) =>
      database.transaction(`CSCA ${csca}`, async (transaction) => {
        const rows = await transaction.rows(
          `update publication_task set confirmed_at = $3, confirmed_by = $4
            where csca = $1 and task = $2 and confirmed_at is null returning task`,
          [csca, task, at, by],
        );
        if (rows.length === 0) throw stateConflict(`CSCA ${csca}`, `${task} is not open`);
      }),
  };
}

async function listCscas(transaction: Transaction): Promise<readonly RecordedCsca[]> {
  const rows = await transaction.rows<{
    number: number;
    key_label: string;
    algorithm: string;
    certificate: Uint8Array;
    link: Uint8Array | null;
    added_at: Date;
  }>('select * from csca order by number');
  return rows.map((row) => ({
    number: row.number,
    keyLabel: row.key_label,
    algorithm: row.algorithm,
    certificate: new Uint8Array(row.certificate),
    ...(row.link !== null && { link: new Uint8Array(row.link) }),
    addedAt: row.added_at,
  }));
}

async function listPublications(transaction: Transaction): Promise<readonly PublicationState[]> {
  const rows = await transaction.rows<{
    csca: number;
    task: PublicationState['task'];
    confirmed_at: Date | null;
    confirmed_by: string | null;
  }>('select * from publication_task order by csca, task');
  return rows.map(({ csca, task, confirmed_at, confirmed_by }) => ({
    ...{ csca, task },
    ...(confirmed_at !== null && { confirmedAt: confirmed_at }),
    ...(confirmed_by !== null && { confirmedBy: confirmed_by }),
  }));
}
