import type { LineStore } from '../../production/document/line-store';
import { createAttemptStore } from './attempt-store';
import { createBatchStore } from './batch-store';
import { createCardStore } from './card-store';
import { openDatabase } from './database';
import { createDocumentStore } from './document-store';
import { HolderContent } from './holder-content';
import { requireMigrated } from './migrate';
import { createRecordStore } from './record-store';
import type { Sealer } from './sealer';
import { readStockBalance } from './stock-balance';

/**
 * The line's memory in PostgreSQL 15 or newer.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE`, and `DATABASE_MISMATCH` when the database was
 * not migrated by this program.
 */
export async function openPostgresLineStore(options: {
  readonly connectionString: string;
  readonly sealer: Sealer;
}): Promise<LineStore> {
  const database = openDatabase(options.connectionString);
  const content = new HolderContent(options.sealer);
  try {
    await database.transaction('database', requireMigrated);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    ...createRecordStore(database, content),
    ...createCardStore(database),
    ...createDocumentStore(database, content),
    ...createAttemptStore(database, content),
    ...createBatchStore(database),
    stockBalance: () => database.transaction('stock', readStockBalance),
    close: () => database.close(),
  };
}
