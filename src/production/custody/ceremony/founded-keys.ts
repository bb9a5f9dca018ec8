import type { KeySet } from '../../document/key-set';
import { ProductionError } from '../../errors';
import type { CeremonyRecord } from './run-ceremony';

/** The keys with which a line begins, of the ceremony that founded them. */
export function foundedKeys({ file, results }: CeremonyRecord): KeySet {
  const { plan } = file;
  const made = plan.steps.flatMap((step, index) => {
    const certificate = results[index]?.certificate;
    if (!('label' in step) || !('algorithm' in step) || certificate === undefined) return [];
    return [{ does: step.do, keyLabel: step.label, algorithm: step.algorithm, certificate }];
  });
  const csca = made.find(({ does }) => does === 'make-csca');
  const storage = plan.steps.find((step) => step.do === 'make-storage-key');
  if (csca === undefined || storage === undefined) {
    throw new ProductionError('CEREMONY_INVALID', plan.ceremony, ['it founds nothing']);
  }
  const { keyLabel, algorithm, certificate } = csca;
  return {
    ...{ country: plan.country, state: plan.state, storageKeyLabel: storage.label },
    csca: { keyLabel, algorithm, certificate },
    signers: made
      .filter(({ does }) => does === 'add-signer')
      .map((signer) => ({
        ...{ keyLabel: signer.keyLabel, algorithm: signer.algorithm },
        ...{ certificate: signer.certificate, csca: certificate },
      })),
  };
}
