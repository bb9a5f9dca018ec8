import type { JournalEntry } from '../../production/document/custody/ceremony-journal';
import type { CeremonyStore } from '../../production/document/custody/ceremony-store';
import { appendJournal } from './append-journal';
import { useProposal } from './custody-four-eyes';
import type { Database } from './database';

/** Ceremonies in PostgreSQL; the rules stand in 0015_acts.sql. */
export function createCeremonyStore(database: Database): CeremonyStore {
  return {
    findOpened: (sha256) =>
      database.transaction('ceremony', async (transaction) => {
        const [row] = await transaction.rows<{ proposal: number }>(
          'select proposal from ceremony where sha256 = $1',
          [sha256],
        );
        return row?.proposal;
      }),
    open: ({ sha256, entry }, approval) =>
      database.transaction('ceremony', async (transaction) => {
        await useProposal(transaction, approval);
        await transaction.rows(
          'insert into ceremony (proposal, sha256, opened_at) values ($1, $2, $3)',
          [approval.proposalId, sha256, approval.at],
        );
        await appendJournal(transaction, approval.proposalId, entry);
      }),
    journalOf: (proposalId) => ({
      read: () =>
        database.transaction('ceremony', async (transaction) => {
          const rows = await transaction.rows<{ text: string }>(
            'select text from ceremony_entry where proposal = $1 order by number',
            [proposalId],
          );
          return rows.map(({ text }) => JSON.parse(text) as JournalEntry);
        }),
      append: (entry) =>
        database.transaction('ceremony', (transaction) =>
          appendJournal(transaction, proposalId, entry),
        ),
    }),
  };
}
