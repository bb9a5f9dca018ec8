import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { issueTrialCardKeys } from '../../custody/issue-trial-card-keys';
import type { CardKeyHsm, Hsm } from '../../ports';

/** A software HSM of the test's own with the trial keys of cards. */
export async function openTrialCardKeys(): Promise<{
  readonly hsm: Hsm & CardKeyHsm;
  readonly remove: () => Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-card-keys-'));
  await createToken({ directory }, 'trial');
  const hsm = await openSoftwareHsm({ directory, pin: 'trial' });
  await issueTrialCardKeys(hsm);
  return {
    hsm,
    remove: async () => {
      await hsm.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
