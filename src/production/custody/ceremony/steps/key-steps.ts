import { destroyKey } from '../../destroy-key';
import { makeSigningKey } from '../../make-signing-key';
import type { StepOf } from '../ceremony-plan';
import type { StepContext, StepOutcome } from './step-context';

/** The key that signs checkpoints of the audit log, and transcripts. */
export async function makeAuditKey(
  { label, algorithm }: StepOf<'make-audit-key'>,
  { hsm }: StepContext,
): Promise<StepOutcome> {
  const { publicKey } = await makeSigningKey({ label, purpose: 'audit-sign', algorithm }, hsm);
  return { result: { publicKey } };
}

/** The key under which holder data is sealed. */
export async function makeStorageKey(
  { label }: StepOf<'make-storage-key'>,
  { hsm }: StepContext,
): Promise<StepOutcome> {
  await hsm.generateSecretKey({ label, purpose: 'storage-wrap' });
  return { result: {} };
}

/** Ends a key; its certificate and what it signed stay. */
export async function endKey(
  { label, purpose }: StepOf<'destroy-key'>,
  { hsm, custody, approval, at }: StepContext,
): Promise<StepOutcome> {
  const { finish } = await destroyKey({ label, purpose }, { hsm, custody, approval, at });
  return {
    result: {},
    record: ({ proposalId, step }) => {
      if (step?.done === undefined) throw new Error('a step ends with its entry');
      return finish(at, { proposalId, entry: step.done });
    },
  };
}
