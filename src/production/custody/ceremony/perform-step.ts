import type { IssuedPeriods, IssuingPlan } from '../issuing-plan';
import { addMonths } from '../add-months';
import type { CscaKey } from '../../document/key-set';
import { ProductionError } from '../../errors';
import type { Hsm, KeyPurpose, RandomSource } from '../../ports';
import { issueCscaRoot } from '../issue-csca';
import { issueDocumentSigner } from '../issue-document-signer';
import { makeSigningKey } from '../make-signing-key';
import type { CeremonyPlan, CeremonyStep } from './ceremony-file';

/** What a step made. */
export interface StepResult {
  /** DER SubjectPublicKeyInfo; absent for a secret key. */
  readonly publicKey?: Uint8Array;
  /** DER. */
  readonly certificate?: Uint8Array;
}

export const STEP_PURPOSES = {
  csca: 'csca-sign',
  'document-signer': 'document-sign',
  'audit-key': 'audit-sign',
  'storage-key': 'storage-wrap',
} as const satisfies Record<CeremonyStep['make'], KeyPurpose>;

/** Makes the key of a step, and its certificate where it has one. */
export async function performStep(
  plan: CeremonyPlan,
  given: {
    readonly index: number;
    /** Of the step before; absent while there is none. */
    readonly csca?: CscaKey;
    /** A key of this label exists from an interrupted try and is used. */
    readonly resumes: boolean;
  },
  tools: { readonly hsm: Hsm; readonly random: RandomSource },
): Promise<StepResult> {
  const step = plan.steps[given.index];
  if (step === undefined) throw new Error('a ceremony has no step beyond its last');
  const hsm = given.resumes ? adoptKey(tools.hsm, step.label) : tools.hsm;
  const issuing = planOf(plan, step);
  switch (step.make) {
    case 'storage-key':
      await hsm.generateSecretKey({ label: step.label, purpose: 'storage-wrap' });
      return {};
    case 'audit-key': {
      const { label, algorithm } = step;
      const { publicKey } = await makeSigningKey({ label, purpose: 'audit-sign', algorithm }, hsm);
      return { publicKey };
    }
    case 'csca': {
      const made = await issueCscaRoot(issuing, orderOf(step), { ...tools, hsm });
      return withPublicKey(made.certificate, step.label, hsm);
    }
    case 'document-signer': {
      if (given.csca === undefined) throw new Error('a signer has a CSCA before it');
      const number = plan.steps
        .slice(0, given.index + 1)
        .filter(({ make }) => make === 'document-signer').length;
      const order = { ...orderOf(step), number, csca: given.csca };
      const made = await issueDocumentSigner(issuing, order, { ...tools, hsm });
      return withPublicKey(made.certificate, step.label, hsm);
    }
  }
}

/** Periods as the step says them; each certificate outlives the last document that needs it. */
function planOf(plan: CeremonyPlan, step: CeremonyStep): IssuingPlan {
  const documentMonths = 12 * plan.documents.years;
  const use = 'useMonths' in step ? step.useMonths : 0;
  const longestSignerUse = Math.max(
    ...plan.steps.map((one) => (one.make === 'document-signer' ? one.useMonths : 0)),
  );
  return {
    state: plan.state,
    name: [
      { type: 'C', value: plan.country },
      { type: 'O', value: plan.organization },
    ],
    contact: { state: plan.state, contact: plan.contact },
    crlUris: plan.crl,
    documentTypes: plan.documents.types,
    cscaPeriods: (from) => periodsFrom(from, use, use + longestSignerUse + documentMonths),
    signerPeriods: (from) => periodsFrom(from, use, use + documentMonths),
  };
}

function periodsFrom(from: Date, useMonths: number, lifeMonths: number): IssuedPeriods {
  return {
    keyUse: { from, until: addMonths(from, useMonths) },
    validity: { from, until: addMonths(from, lifeMonths) },
  };
}

function orderOf(step: Extract<CeremonyStep, { commonName: string }>) {
  const { label: keyLabel, algorithm, commonName } = step;
  return { keyLabel, algorithm, commonName, from: new Date(step.from) };
}

async function withPublicKey(
  certificate: Uint8Array,
  label: string,
  hsm: Hsm,
): Promise<StepResult> {
  const key = await hsm.findKey(label);
  if (key?.publicKey === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  return { certificate, publicKey: key.publicKey };
}

/** The same HSM, but the key of this label is taken as it is instead of made. */
function adoptKey(hsm: Hsm, label: string): Hsm {
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
