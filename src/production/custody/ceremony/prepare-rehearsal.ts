import { encodeHex } from '../../../standards/bytes/hex';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { parseSignatureAlgorithmName } from '../../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../../standards/pki/certificate';
import {
  assembleCertificate,
  buildTbsCertificate,
} from '../../../standards/pki/certificate-template';
import type { RecordedCsca } from '../../document/custody/csca-store';
import type { Clock, Hsm, RandomSource } from '../../ports';
import { issueCscaRoot } from '../issue-csca';
import { issueDocumentSigner } from '../issue-document-signer';
import type { CeremonyPlan, StepOf } from './ceremony-plan';
import { makesKey } from './ceremony-contradictions';
import type { RehearsalBegin } from './rehearsal-custody';
import { planStep } from './steps/step-plan';
import type { GivenFiles } from './steps/step-context';

/** The world of a rehearsal: throw-away keys under the labels of those that the steps will meet. */
export interface RehearsalWorld extends RehearsalBegin {
  readonly given: GivenFiles;
}

interface RehearsalTools {
  readonly hsm: Hsm;
  readonly random: RandomSource;
  readonly clock: Clock;
}

/**
 * Makes stand-ins in a throw-away HSM for every key that a later ceremony finds: each CSCA under its
 * name and periods, signers, the audit key, keys that are to be destroyed, and certificates of a CSCA
 * elsewhere.
 */
export async function prepareRehearsal(
  plan: CeremonyPlan,
  real: RehearsalBegin,
  tools: RehearsalTools,
): Promise<RehearsalWorld> {
  const { hsm } = tools;
  const cscas: RecordedCsca[] = [];
  for (const csca of real.cscas) cscas.push(await standInFor(csca, hsm));
  for (const { signer } of real.signers) {
    const { keyLabel: label, algorithm } = signer;
    await makeUnlessThere({ label, purpose: 'document-sign', algorithm }, hsm);
  }
  if (plan.auditKey !== undefined) {
    await makeUnlessThere({ ...plan.auditKey, purpose: 'audit-sign' }, hsm);
  }
  const made = plan.steps.flatMap((step) =>
    makesKey(step) && 'label' in step ? [step.label] : [],
  );
  const given = new Map<string, Uint8Array>();
  for (const step of plan.steps) {
    if (step.do === 'destroy-key' && !made.includes(step.label)) await standInToDestroy(step, hsm);
    if (step.do === 'import-signer') {
      for (const [hash, der] of await standInsFromOutside(plan, step, tools)) given.set(hash, der);
    }
  }
  return { ...real, cscas, given: (sha256) => given.get(sha256) };
}

/** Finds given files by their hash. */
export function givenFiles(files: readonly Uint8Array[]): GivenFiles {
  const known = new Map(files.map((der) => [encodeHex(digestBytes('sha256', der)), der]));
  return (sha256) => known.get(sha256);
}

/** The same certificate with another key, signed by that. */
async function standInFor(csca: RecordedCsca, hsm: Hsm): Promise<RecordedCsca> {
  const { keyLabel: label, algorithm } = csca;
  const real = parseCertificate(csca.certificate, 'CSCA certificate');
  const publicKey = await makeUnlessThere({ label, purpose: 'csca-sign', algorithm }, hsm);
  const { signature } = parseSignatureAlgorithmName(algorithm);
  const tbs = buildTbsCertificate({
    ...{ signature, publicKey, serialNumber: real.serialNumber, validity: real.validity },
    ...{ issuer: real.issuer.raw, subject: real.subject.raw, extensions: real.extensions },
  });
  const signed = await hsm.sign({ label, purpose: 'csca-sign', algorithm, message: tbs });
  return { ...csca, certificate: assembleCertificate(tbs, signature, signed) };
}

async function standInToDestroy(
  { label, purpose }: StepOf<'destroy-key'>,
  hsm: Hsm,
): Promise<void> {
  if ((await hsm.findKey(label)) !== undefined) return;
  if (purpose === 'storage-wrap' || purpose === 'card-master') {
    await hsm.generateSecretKey({ label, purpose });
  } else await hsm.generateKeyPair({ label, purpose, algorithm: 'ecdsa-P-256-sha256' });
}

async function standInsFromOutside(
  plan: CeremonyPlan,
  step: StepOf<'import-signer'>,
  tools: RehearsalTools,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const { label: keyLabel, algorithm } = step;
  const [from, number] = [new Date(tools.clock.now()), 1];
  from.setUTCMilliseconds(0);
  const outside = { keyLabel: `csca-of-${keyLabel}`, algorithm, from };
  const csca = await issueCscaRoot(planStep(plan, 36), outside, tools);
  const order = { keyLabel, algorithm, from, number, csca };
  const signer = await issueDocumentSigner(planStep(plan, 3), order, tools);
  return [
    [step.sha256, signer.certificate],
    [step.csca, csca.certificate],
  ];
}

async function makeUnlessThere(
  key: Parameters<Hsm['generateKeyPair']>[0],
  hsm: Hsm,
): Promise<Uint8Array> {
  const { publicKey } = (await hsm.findKey(key.label)) ?? (await hsm.generateKeyPair(key));
  if (publicKey === undefined) throw new Error('a key pair has a public half');
  return publicKey;
}
