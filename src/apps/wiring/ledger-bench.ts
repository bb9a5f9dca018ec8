import { fillLedger } from '../../adapters/postgres/custody-recall-fill';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import { withTemporaryCustody } from './custody';

/** Custody in a temporary database whose signature ledger is filled first. */
export function withFilledLedger<T>(
  order: Parameters<typeof fillLedger>[1],
  work: (custody: CustodyStore) => Promise<T>,
): Promise<T> {
  return withTemporaryCustody(async (custody, databaseUrl) => {
    await fillLedger(databaseUrl, order);
    return work(custody);
  });
}
