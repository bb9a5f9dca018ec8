import { addMonths } from '../../add-months';
import type { IssuedPeriods, IssuingPlan } from '../../issuing-plan';
import type { CeremonyPlan, CertifiedStep } from '../ceremony-plan';

/** Longest key period of a document signer that any ceremony can ask for [9303-12 §4.1.1]. */
const LONGEST_SIGNER_USE_MONTHS = 3;

/** Periods as a step says them; each certificate outlives the last document that needs it. */
export function planStep(plan: CeremonyPlan, useMonths: number): IssuingPlan {
  const documentMonths = 12 * plan.documents.years;
  return {
    state: plan.state,
    name: [
      { type: 'C', value: plan.country },
      { type: 'O', value: plan.organization },
    ],
    contact: { state: plan.state, contact: plan.contact },
    crlUris: plan.crl,
    documentTypes: plan.documents.types,
    cscaPeriods: (from) =>
      periodsFrom(from, useMonths, useMonths + LONGEST_SIGNER_USE_MONTHS + documentMonths),
    signerPeriods: (from) => periodsFrom(from, useMonths, useMonths + documentMonths),
  };
}

/** Label, algorithm, name and begin of what a step makes. */
export function orderOf({ label: keyLabel, algorithm, from }: Omit<CertifiedStep, 'commonName'>) {
  return { keyLabel, algorithm, from: new Date(from) };
}

function periodsFrom(from: Date, useMonths: number, lifeMonths: number): IssuedPeriods {
  return {
    keyUse: { from, until: addMonths(from, useMonths) },
    validity: { from, until: addMonths(from, lifeMonths) },
  };
}
