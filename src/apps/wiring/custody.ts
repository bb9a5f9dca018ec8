import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { openPostgresCustody } from '../../adapters/postgres/custody-store';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import { makePersolineHome } from '../home';

/**
 * Custody in the database that the environment names, or in the embedded one below the home.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE`, `DATABASE_MISMATCH`.
 */
export async function openCustody(): Promise<CustodyStore> {
  const { DATABASE_URL: databaseUrl } = process.env;
  if (databaseUrl !== undefined && databaseUrl !== '') return openPostgresCustody(databaseUrl);
  const dataDirectory = join(await makePersolineHome(), 'database');
  const cluster = await startEmbeddedPostgres({ dataDirectory });
  try {
    await migrateDatabase(cluster.connectionString);
    const custody = await openPostgresCustody(cluster.connectionString);
    return { ...custody, close: () => custody.close().finally(() => cluster.stop()) };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Custody in a database that lives as long as the work takes, and its address. */
export async function withTemporaryCustody<T>(
  work: (custody: CustodyStore, databaseUrl: string) => Promise<T>,
): Promise<T> {
  const cluster = await startEmbeddedPostgres();
  try {
    await migrateDatabase(cluster.connectionString);
    const custody = await openPostgresCustody(cluster.connectionString);
    return await work(custody, cluster.connectionString).finally(() => custody.close());
  } finally {
    await cluster.stop();
  }
}

/** Custody in the database of this address. */
export function openCustodyAt(databaseUrl: string): Promise<CustodyStore> {
  return openPostgresCustody(databaseUrl);
}
