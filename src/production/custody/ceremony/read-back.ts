import { equalBytes } from '../../../standards/bytes/compare';
import { parseCertificate } from '../../../standards/pki/certificate';
import { isSamePublicKey } from '../../../standards/pki/same-public-key';
import { ProductionError } from '../../errors';
import type { CeremonyStep } from './ceremony-plan';
import { STEP_PURPOSES } from './perform-step';
import type { CeremonyTools } from './ceremony-tools';
import type { StepResult } from './steps/step-context';

/**
 * Asks HSM and custody once more for everything that the steps left: each key is the one of its
 * certificate, what was destroyed is gone, what was revoked is revoked.
 *
 * @throws ProductionError `SIGNATURE_WRONG`.
 */
export async function readBack(
  steps: readonly CeremonyStep[],
  results: readonly StepResult[],
  tools: Pick<CeremonyTools, 'hsm' | 'custody'>,
): Promise<void> {
  const ended = new Set(steps.flatMap((step) => (step.do === 'destroy-key' ? [step.label] : [])));
  for (const [index, step] of steps.entries()) {
    const right =
      'label' in step
        ? await isKeyRight(step, { result: results[index] ?? {}, ended }, tools)
        : await isStateRight(step, tools);
    if (right) continue;
    const place = 'label' in step ? `key ${step.label}` : `step ${index + 1}`;
    throw new ProductionError('SIGNATURE_WRONG', place, [
      'what is read back is not what the ceremony left',
    ]);
  }
}

async function isKeyRight(
  step: Extract<CeremonyStep, { readonly label: string }>,
  { result, ended }: { readonly result: StepResult; readonly ended: ReadonlySet<string> },
  { hsm }: Pick<CeremonyTools, 'hsm'>,
): Promise<boolean> {
  const key = await hsm.findKey(step.label);
  if (ended.has(step.label)) return key === undefined;
  const { publicKey, certificate } = result;
  if (key === undefined || key.purpose !== STEP_PURPOSES[step.do]) return false;
  if (publicKey === undefined || key.publicKey === undefined) return publicKey === key.publicKey;
  if (!equalBytes(publicKey, key.publicKey)) return false;
  if (certificate === undefined) return true;
  // A CSCA elsewhere may write the parameters of a curve otherwise.
  return isSamePublicKey(parseCertificate(certificate).publicKey, publicKey);
}

async function isStateRight(
  step: Exclude<CeremonyStep, { readonly label: string }>,
  { custody }: Pick<CeremonyTools, 'custody'>,
): Promise<boolean> {
  if (step.do === 'issue-crl') return (await custody.signers.latestRevocationList()) !== undefined;
  const signer = (await custody.signers.listSigners()).find(({ number }) => number === step.signer);
  if (step.do === 'revoke-signer') return signer?.revokedAt !== undefined;
  if (step.do === 'retire-signer') return signer?.state === 'retired';
  return signer?.state === 'cut-over' || signer?.state === 'retired';
}
