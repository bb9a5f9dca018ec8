import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { issueTrialKeys } from '../../custody/issue-trial-keys';
import type { KeySet } from '../../document/key-set';
import type { DocumentSigner } from '../../document/signed-document';
import type { Hsm, RandomSource } from '../../ports';
import { readDocumentSigner } from '../read-document-signer';

/** A document signer with its keys in a software HSM, for tests. */
export interface TrialSigner {
  readonly hsm: Hsm;
  readonly keys: KeySet;
  readonly signer: DocumentSigner;
  readonly remove: () => Promise<void>;
}

export const TRIAL_FROM = new Date('2026-03-02T00:00:00Z');

export const systemRandom: RandomSource = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};

/** Issues a CSCA and a document signer of the invented State UTO whose periods begin on 2 March 2026. */
export async function makeTrialSigner(algorithm: string): Promise<TrialSigner> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-signer-'));
  await createToken({ directory }, 'trial');
  const hsm = await openSoftwareHsm({ directory, pin: 'trial' });
  const keys = await issueTrialKeys(
    { country: 'UT', state: 'UTO', algorithm },
    { hsm, clock: { now: () => TRIAL_FROM }, random: systemRandom },
  );
  const remove = async (): Promise<void> => {
    await hsm.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { hsm, keys, signer: readDocumentSigner(keys.signers[0]!), remove };
}
