import { equalBytes } from '../../../../standards/bytes/compare';
import { issueListSigner } from '../../issue-list-signer';
import { publishRevocationList } from '../../rotation/publish-revocation-list';
import type { StepOf } from '../ceremony-plan';
import { orderOf, planStep } from './step-plan';
import { newestCscaOf, publicKeyOf, type StepContext, type StepOutcome } from './step-context';

const KINDS = { 'master-list': 'masterList', 'deviation-list': 'deviationList' } as const;

/** A signer of master lists or deviation lists. */
export async function addListSigner(
  step: StepOf<'issue-list-signer'>,
  context: StepContext,
): Promise<StepOutcome> {
  const { hsm, custody, at } = context;
  const { kind, label: keyLabel, algorithm } = step;
  const order = { ...orderOf(step), kind: KINDS[kind], csca: await newestCscaOf(context) };
  const plan = planStep(context.plan, step.useMonths);
  const { certificate } = await issueListSigner(plan, order, context);
  const issued = {
    ...({ kind: 'issue-list-signer', keyLabel, certificate, issuedAt: at } as const),
    subject: { kind, label: keyLabel, algorithm },
  };
  return {
    result: { publicKey: await publicKeyOf(hsm, keyLabel), certificate },
    record: (approval) => custody.certificates.addCertificate(issued, approval),
  };
}

/** The revocation list over everything that is revoked now. */
export async function issueCrl(context: StepContext): Promise<StepOutcome> {
  const { custody, at, hsm } = context;
  const csca = await newestCscaOf(context);
  const latest = await custody.signers.latestRevocationList();
  // Issued before an interruption: one list a step, and one number a list.
  const list =
    latest !== undefined && latest.issuedAt >= at && equalBytes(latest.issuer, csca.certificate)
      ? latest
      : await publishRevocationList(custody, { csca, now: at }, hsm);
  return { result: { revocationList: list.der } };
}
