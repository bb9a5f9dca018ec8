import { computeAesKcv } from '../../standards/gp/key-check-value';
import { labelsOfSet } from '../document/custody/card-key-set';
import type { CardKeyVault } from '../document/custody/card-key-vault';

/** Names of the sets of master keys in the profiles that this program ships. */
export const CARD_KEY_SETS = { transport: 'gp-transport', issuer: 'gp-issuer' } as const;

/** The key that chips are delivered with in laboratories; it is published and protects nothing. */
const LABORATORY_KEY = Uint8Array.from({ length: 16 }, (_, index) => 0x40 + index);

/**
 * Card keys for development and trials: the published key as the transport keys of virtual and
 * laboratory chips, and issuer keys of the HSM's own. Both are test keys.
 *
 * @throws ProductionError of the HSM, `HSM_WRONG_USE` when there are such keys already.
 */
export async function issueTrialCardKeys(vault: CardKeyVault): Promise<void> {
  await importLaboratoryKeys(vault, CARD_KEY_SETS.transport);
  for (const label of labelsOfSet(CARD_KEY_SETS.issuer)) {
    await vault.generateCardKey({
      ...{ labels: [label], purpose: 'card-master', cipher: 'aes', lengthBytes: 32 },
      realm: 'test',
    });
  }
}

/** The published key as all three master keys of a set. @throws ProductionError of the HSM */
export async function importLaboratoryKeys(vault: CardKeyVault, keySet: string): Promise<void> {
  const kcv = computeAesKcv(LABORATORY_KEY);
  for (const label of labelsOfSet(keySet)) {
    await vault.importSecretKey({
      ...{ label, purpose: 'card-master', cipher: 'aes', key: LABORATORY_KEY, kcv },
    });
  }
}
