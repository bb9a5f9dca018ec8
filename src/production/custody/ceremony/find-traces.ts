import type { CeremonyStep } from './ceremony-plan';
import { makesKey } from './ceremony-contradictions';
import type { CeremonyTools } from './ceremony-tools';

/** What an interrupted try of a step left behind. */
export interface StepTraces {
  readonly found: boolean;
  /** Label of the key that it made. */
  readonly key?: string;
}

/**
 * Looks for what a step that was begun has done: everything but keys, lists and the destruction of a
 * key is recorded together with the end of its step, and so leaves nothing.
 *
 * @param begunAt absent for a step that was not begun
 */
export async function findTraces(
  step: CeremonyStep,
  begunAt: Date | undefined,
  { hsm, custody }: Pick<CeremonyTools, 'hsm' | 'custody'>,
): Promise<StepTraces> {
  if (makesKey(step) && 'label' in step) {
    const key = await hsm.findKey(step.label);
    return key === undefined ? { found: false } : { found: true, key: step.label };
  }
  if (step.do === 'destroy-key') {
    const destructions = await custody.destructions.listDestructions();
    return { found: destructions.some(({ label }) => label === step.label) };
  }
  if (step.do === 'issue-crl' && begunAt !== undefined) {
    const latest = await custody.signers.latestRevocationList();
    return { found: latest !== undefined && latest.issuedAt >= begunAt };
  }
  return { found: false };
}
