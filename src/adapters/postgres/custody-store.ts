import type { CustodyStore } from '../../production/document/custody/custody-store';
import { createAuditLog } from './audit-log';
import { createCardKeyStore } from './custody-card-keys';
import { createCeremonyStore } from './custody-ceremonies';
import { createCertificateStore } from './custody-certificates';
import { createCscaStore } from './custody-cscas';
import { createDestructionStore } from './custody-destructions';
import { createFourEyesStore } from './custody-four-eyes';
import { createSignerStore } from './custody-signers';
import { openDatabase } from './database';
import { requireMigrated } from './migrate';

/**
 * Custody in PostgreSQL, beside the line's own memory.
 *
 * @throws ProductionError `DATABASE_UNAVAILABLE`, `DATABASE_MISMATCH`.
 */
export async function openPostgresCustody(connectionString: string): Promise<CustodyStore> {
  const database = openDatabase(connectionString);
  try {
    await database.transaction('database', requireMigrated);
  } catch (error) {
    await database.close();
    throw error;
  }
  const close = (): Promise<void> => database.close();
  return {
    audit: { ...createAuditLog(database), close },
    fourEyes: createFourEyesStore(database),
    signers: createSignerStore(database),
    cscas: createCscaStore(database),
    cardKeys: createCardKeyStore(database),
    certificates: createCertificateStore(database),
    destructions: createDestructionStore(database),
    ceremonies: createCeremonyStore(database),
    close,
  };
}
