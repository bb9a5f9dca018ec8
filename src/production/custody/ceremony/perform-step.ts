import { concatBytes } from '../../../standards/bytes/concat';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { ProductionError } from '../../errors';
import type { Hsm, KeyPurpose, RandomSource } from '../../ports';
import type { CeremonyStep } from './ceremony-plan';
import { makeCsca, renewCscaCertificate, rollOver } from './steps/csca-steps';
import { endKey, makeAuditKey, makeStorageKey } from './steps/key-steps';
import { addListSigner, issueCrl } from './steps/list-steps';
import { addSigner, importSigner, moveSigner, requestSigner } from './steps/signer-steps';
import type { StepContext, StepOutcome } from './steps/step-context';

/** What the key is for that a step makes or names; absent for steps without a key. */
export const STEP_PURPOSES: Partial<Record<CeremonyStep['do'], KeyPurpose>> = {
  'make-csca': 'csca-sign',
  'renew-csca': 'csca-sign',
  'roll-over-csca': 'csca-sign',
  'add-signer': 'document-sign',
  'request-signer': 'document-sign',
  'import-signer': 'document-sign',
  'issue-list-signer': 'master-list-sign',
  'make-audit-key': 'audit-sign',
  'make-storage-key': 'storage-wrap',
};

/**
 * Does one step. What it returns is not recorded yet; begun again after an interruption, it issues
 * under the same serial numbers.
 */
export async function performStep(step: CeremonyStep, context: StepContext): Promise<StepOutcome> {
  switch (step.do) {
    case 'make-csca':
      return makeCsca(step, context);
    case 'renew-csca':
      return renewCscaCertificate(step, context);
    case 'roll-over-csca':
      return rollOver(step, context);
    case 'add-signer':
      return addSigner(step, context);
    case 'request-signer':
      return requestSigner(step, context);
    case 'import-signer':
      return importSigner(step, context);
    case 'issue-list-signer':
      return addListSigner(step, context);
    case 'make-audit-key':
      return makeAuditKey(step, context);
    case 'make-storage-key':
      return makeStorageKey(step, context);
    case 'cut-over':
    case 'revoke-signer':
    case 'retire-signer':
      return moveSigner(step, context);
    case 'issue-crl':
      return issueCrl(context);
    case 'destroy-key':
      return endKey(step, context);
  }
}

/** Bytes that follow from a seed alone: SHA-256 over the seed and a counter, block by block. */
export function seededRandom(seed: Uint8Array): RandomSource {
  let counter = 0;
  return {
    bytes: (length) => {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
        digestBytes('sha256', concatBytes(seed, Uint8Array.of(counter++))),
      );
      return concatBytes(...blocks).subarray(0, length);
    },
  };
}

/** The same HSM, but the key of this label is taken as it is instead of made. */
export function adoptKey(hsm: Hsm, label: string): Hsm {
  const take = async (request: { readonly label: string; readonly purpose: KeyPurpose }) => {
    const key = await hsm.findKey(label);
    if (request.label !== label || key === undefined || key.purpose !== request.purpose) {
      throw new ProductionError('HSM_WRONG_USE', `key ${label}`, ['it is not what was begun']);
    }
    return key;
  };
  return {
    generateKeyPair: take,
    generateSecretKey: take,
    findKey: (asked) => hsm.findKey(asked),
    sign: (request) => hsm.sign(request),
    seal: (key, plaintext, context) => hsm.seal(key, plaintext, context),
    open: (key, sealed, context) => hsm.open(key, sealed, context),
    destroyKey: (key) => hsm.destroyKey(key),
    close: () => hsm.close(),
  };
}
