import { ProductionError } from '../../../errors';
import { readDocumentSigner } from '../../../signing/read-document-signer';
import { issueDocumentSigner } from '../../issue-document-signer';
import { importDocumentSigner, requestDocumentSigner } from '../../request-document-signer';
import type { SignerLimits, StepOf } from '../ceremony-plan';
import { orderOf, planStep } from './step-plan';
import { newestCscaOf, publicKeyOf, type StepContext, type StepOutcome } from './step-context';

/** A document signer under our CSCA: key, certificate, and its place in the queue. */
export async function addSigner(
  step: StepOf<'add-signer'>,
  context: StepContext,
): Promise<StepOutcome> {
  const { hsm, custody, at } = context;
  const csca = await newestCscaOf(context);
  const number = ((await custody.signers.listSigners()).at(-1)?.number ?? 0) + 1;
  const order = { ...orderOf(step), number, csca, commonName: step.commonName };
  const key = await issueDocumentSigner(planStep(context.plan, step.useMonths), order, context);
  const signer = readDocumentSigner(key);
  return {
    result: { publicKey: await publicKeyOf(hsm, step.label), certificate: key.certificate },
    record: (approval) => custody.signers.addSigner(signer, { ...limitsOf(step), at }, approval),
  };
}

/** A document signer's key, and the request that goes to a CSCA elsewhere. */
export async function requestSigner(
  step: StepOf<'request-signer'>,
  { hsm, plan }: StepContext,
): Promise<StepOutcome> {
  const { label: keyLabel, algorithm, commonName } = step;
  const subject = [
    { type: 'C', value: plan.country },
    { type: 'O', value: plan.organization },
    { type: 'CN', value: commonName },
  ] as const;
  const request = await requestDocumentSigner({ keyLabel, algorithm, subject }, hsm);
  return { result: { publicKey: await publicKeyOf(hsm, keyLabel), request } };
}

/** What a CSCA elsewhere issued for a key of ours, by the hashes in the reviewed file. */
export async function importSigner(
  step: StepOf<'import-signer'>,
  { hsm, custody, given, at, index }: StepContext,
): Promise<StepOutcome> {
  const { label: keyLabel, algorithm } = step;
  const [certificate, csca] = [given(step.sha256), given(step.csca)];
  if (certificate === undefined || csca === undefined) {
    throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, [
      'the certificates that it names by their hashes were not given',
    ]);
  }
  const key = await importDocumentSigner({ keyLabel, algorithm, certificate, csca }, hsm);
  const signer = readDocumentSigner(key);
  return {
    result: { publicKey: await publicKeyOf(hsm, keyLabel), certificate },
    record: (approval) => custody.signers.addSigner(signer, { ...limitsOf(step), at }, approval),
  };
}

/** Ends the use of a signer, its certificate, or its turn for good. */
export function moveSigner(
  step: StepOf<'cut-over' | 'revoke-signer' | 'retire-signer'>,
  { custody: { signers }, at }: StepContext,
): StepOutcome {
  const moves = {
    'cut-over': signers.cutOver.bind(signers),
    'revoke-signer': signers.revokeSigner.bind(signers),
    'retire-signer': signers.retireSigner.bind(signers),
  };
  return { result: {}, record: (approval) => moves[step.do](step.signer, at, approval) };
}

function limitsOf({ maxSignatures, maxDays }: SignerLimits): SignerLimits {
  return {
    ...(maxSignatures !== undefined && { maxSignatures }),
    ...(maxDays !== undefined && { maxDays }),
  };
}
