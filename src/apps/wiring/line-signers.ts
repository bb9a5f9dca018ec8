import { rotatingSigners } from '../../production/custody/rotating-signers';
import { trialSigners } from '../../production/custody/trial-signers';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import type { SignerSource } from '../../production/document/custody/signer-source';
import type { KeySet } from '../../production/document/key-set';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import { systemClock } from '../system';
import { openCustodyAt } from './custody';

type SignerCustody = Pick<CustodyStore, 'signers' | 'cscas'>;

/**
 * Who signs the cards of a line: the signers that the database manages, each signature counted
 * there before it is made and at the database's time. Where it manages none, and only for trials,
 * those of the key directory.
 *
 * @throws ProductionError `SIGNER_NONE_READY` and `KEYS_NOT_FOR_PRODUCTION` in production.
 */
export async function openLineSigners(custody: SignerCustody, keys: KeySet): Promise<SignerSource> {
  const isProduction = process.env['PERSOLINE_MODE'] === 'production';
  if (isProduction && (await custody.signers.isRehearsal())) {
    throw new ProductionError('KEYS_NOT_FOR_PRODUCTION', 'database', ['it is a rehearsal']);
  }
  const managed = await custody.signers.listSigners();
  if (managed.length > 0) return rotatingSigners(custody.signers);
  if (isProduction) {
    throw new ProductionError('SIGNER_NONE_READY', 'database', [
      'it manages no document signer; `persoline key adopt` records those of a key directory',
    ]);
  }
  return trialSigners(keys, systemClock);
}

/** Who signs a document beside the line, and how to leave the database that counts it. */
export interface DeskSigners {
  readonly signers: SignerSource;
  close(): Promise<void>;
}

/**
 * Where the environment names a database that manages the signers of these keys, a document that
 * is built beside the line is counted like every other. Other keys are nobody's but their owner's.
 */
export async function openDeskSigners(keys: KeySet): Promise<DeskSigners> {
  const own = { signers: trialSigners(keys, systemClock), close: () => Promise.resolve() };
  const { DATABASE_URL: databaseUrl } = process.env;
  if (databaseUrl === undefined || databaseUrl === '') return own;
  const custody = await openCustodyAt(databaseUrl);
  try {
    const signers = await openLineSigners(custody, keys);
    if (await isManaged(custody, keys)) return { signers, close: () => custody.close() };
  } catch (error) {
    await custody.close();
    throw error;
  }
  await custody.close();
  return own;
}

async function isManaged({ cscas, signers }: SignerCustody, keys: KeySet): Promise<boolean> {
  const known = [
    ...(await cscas.listCscas()).map(({ certificate }) => certificate),
    ...(await signers.listSigners()).map(({ signer }) => signer.certificate),
  ];
  const own = [keys.csca, ...keys.signers].map(({ certificate }) => certificate);
  return own.some((one) => known.some((other) => equalBytes(one, other)));
}
