import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { openPostgresLineStore } from '../../adapters/postgres/line-store';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import { createEnvelopeSealer } from '../../production/custody/envelope-sealer';
import type { LineStore } from '../../production/document/line-store';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import { systemRandom } from '../system';

/** The line's memory, and how to leave it. */
export interface OpenStore {
  readonly store: LineStore;
  /** Address of the database, for what else is kept in it. */
  readonly databaseUrl: string;
  /** Ends the embedded server too, where it was started. */
  close(): Promise<void>;
}

export interface StorePlace {
  /** Address of a PostgreSQL; without one the embedded server is started. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded server's data; temporary without one. */
  readonly dataDirectory?: string;
}

/** Key under which holder data is sealed at rest. */
export interface StorageKey {
  readonly hsm: Hsm;
  readonly label: string;
}

/**
 * Opens the database. The embedded one is brought up to this program by itself; a given one is
 * not: `service migrate` does it when its owner says so.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE`, `DATABASE_MISMATCH`.
 */
export async function openStore(place: StorePlace, { hsm, label }: StorageKey): Promise<OpenStore> {
  const sealer = createEnvelopeSealer({ hsm, label, random: systemRandom });
  if (place.databaseUrl !== undefined) {
    const store = await openPostgresLineStore({ connectionString: place.databaseUrl, sealer });
    const { databaseUrl } = place;
    return { store, databaseUrl, close: () => store.close().finally(() => sealer.close()) };
  }
  const { connectionString, stop } = await startEmbedded(place.dataDirectory);
  try {
    await migrateDatabase(connectionString);
    const store = await openPostgresLineStore({ connectionString, sealer });
    return {
      ...{ store, databaseUrl: connectionString },
      close: () =>
        store
          .close()
          .finally(() => sealer.close())
          .finally(stop),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Brings the database up to this program; names of what was applied now. */
export async function migrateStore(place: StorePlace): Promise<readonly string[]> {
  if (place.databaseUrl !== undefined) return migrateDatabase(place.databaseUrl);
  const { connectionString, stop } = await startEmbedded(place.dataDirectory);
  return migrateDatabase(connectionString).finally(stop);
}

async function startEmbedded(dataDirectory: string | undefined) {
  if (dataDirectory !== undefined) {
    await mkdir(join(dataDirectory, '..'), { recursive: true }).catch((cause: unknown) => {
      throw new ProductionError('OUTPUT_UNWRITABLE', dataDirectory, [], { cause });
    });
  }
  const cluster = await startEmbeddedPostgres(dataDirectory === undefined ? {} : { dataDirectory });
  return { connectionString: cluster.connectionString, stop: () => cluster.stop() };
}
