import type { JournalEntry } from '../../production/document/custody/ceremony-journal';
import type { Transaction } from './database';

/** Writes the next entry; the database says which may follow which. */
export async function appendJournal(
  transaction: Transaction,
  proposalId: number,
  entry: JournalEntry,
): Promise<void> {
  await transaction.rows('select from ceremony where proposal = $1 for update', [proposalId]);
  await transaction.rows(
    `insert into ceremony_entry (proposal, number, event, step, text)
      select $1, 1 + count(*), $2, $3, $4 from ceremony_entry where proposal = $1`,
    [proposalId, entry.event, 'step' in entry ? entry.step : undefined, JSON.stringify(entry)],
  );
}
