import { equalBytes } from '../../../../standards/bytes/compare';
import { parseCertificate } from '../../../../standards/pki/certificate';
import { ProductionError } from '../../../errors';
import { issueCscaRoot, renewCsca, rollOverCsca } from '../../issue-csca';
import type { StepOf } from '../ceremony-plan';
import { orderOf, planStep } from './step-plan';
import { newestCscaOf, publicKeyOf, type StepContext, type StepOutcome } from './step-context';

/** The first CSCA of a country. */
export async function makeCsca(
  step: StepOf<'make-csca'>,
  context: StepContext,
): Promise<StepOutcome> {
  const { hsm, custody, at } = context;
  const order = { ...orderOf(step), commonName: step.commonName };
  const csca = await issueCscaRoot(planStep(context.plan, step.useMonths), order, context);
  return {
    result: { publicKey: await publicKeyOf(hsm, step.label), certificate: csca.certificate },
    record: (approval) => custody.cscas.addCsca(csca, at, approval),
  };
}

/** A new certificate for the CSCA key that there is. */
export async function renewCscaCertificate(
  step: StepOf<'renew-csca'>,
  context: StepContext,
): Promise<StepOutcome> {
  const { hsm, custody, at, index } = context;
  const previous = await newestCscaOf(context);
  if (previous.keyLabel !== step.label) {
    throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, [
      `the CSCA key is ${previous.keyLabel}, not ${step.label}`,
    ]);
  }
  const ofThisKey = (await custody.cscas.listCscas()).filter(
    ({ keyLabel }) => keyLabel === step.label,
  );
  const plan = planStep(context.plan, step.useMonths);
  const order = { previous, from: new Date(step.from), first: ofThisKey[0] ?? previous };
  const csca = await renewCsca(plan, order, context);
  return {
    result: { publicKey: await publicKeyOf(hsm, step.label), certificate: csca.certificate },
    record: (approval) => custody.cscas.addCsca(csca, at, approval),
  };
}

/** The next CSCA key, its root, and the link from the one before; with another name where told so. */
export async function rollOver(
  step: StepOf<'roll-over-csca'>,
  context: StepContext,
): Promise<StepOutcome> {
  const { hsm, custody, at, index } = context;
  const previous = await newestCscaOf(context);
  const plan = planStep(context.plan, step.useMonths);
  const order = { ...orderOf(step), commonName: step.commonName };
  const { csca, link } = await rollOverCsca(plan, { previous, order }, context);
  const renamed = !equalBytes(
    parseCertificate(previous.certificate).subject.raw,
    parseCertificate(csca.certificate).subject.raw,
  );
  if (renamed !== (step.rename === true)) {
    throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, [
      renamed ? 'the name changes and the step does not say rename' : 'the name stays the same',
    ]);
  }
  return {
    result: { publicKey: await publicKeyOf(hsm, step.label), certificate: csca.certificate, link },
    record: (approval) => custody.cscas.addCsca({ ...csca, link }, at, approval),
  };
}
