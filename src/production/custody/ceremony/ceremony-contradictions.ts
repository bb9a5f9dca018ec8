import type { Complaint, YamlPath } from '../../profile/read-yaml';
import type { CeremonyPlan, CeremonyStep } from './ceremony-plan';

type Contradiction = Complaint & { readonly path: YamlPath };

/** Steps that make a key of their label. */
const MAKING: readonly CeremonyStep['do'][] = [
  ...(['make-csca', 'roll-over-csca', 'add-signer', 'request-signer'] as const),
  ...(['issue-list-signer', 'make-audit-key', 'make-storage-key'] as const),
];

/** What in a ceremony file cannot stand together. */
export function listContradictions(plan: CeremonyPlan): readonly Contradiction[] {
  return [
    ...peopleTwice(plan),
    ...labelsTwice(plan),
    ...(plan.steps.some((step) => step.do === 'make-csca')
      ? faultsOfFounding(plan)
      : faultsLater(plan)),
    ...revocationsWithoutList(plan),
  ];
}

/** Whether a step makes a key. */
export function makesKey(step: CeremonyStep): boolean {
  return MAKING.includes(step.do);
}

function peopleTwice({ confirm }: CeremonyPlan): readonly Contradiction[] {
  const names = confirm.custodians.map(({ name }) => name);
  const keys = confirm.custodians.map(({ key }) => key);
  const twice = confirm.custodians.flatMap(({ name, key }, index): Contradiction[] => {
    const path = ['confirm', 'custodians', index];
    return [
      ...(names.indexOf(name) !== index || keys.indexOf(key) !== index
        ? [{ path, found: 'a person twice', allowed: 'each name and key once' }]
        : []),
      ...(name === confirm.requestedBy
        ? [{ path, found: `the requester ${name}`, allowed: 'other people' }]
        : []),
    ];
  });
  if (confirm.needed <= names.length) return twice;
  const path = ['confirm', 'needed'];
  const what = { found: String(confirm.needed), allowed: `at most the ${names.length} custodians` };
  return [...twice, { path, ...what }];
}

function labelsTwice({ steps }: CeremonyPlan): readonly Contradiction[] {
  const labels = steps.map((step) => (makesKey(step) && 'label' in step ? step.label : undefined));
  return labels.flatMap((label, index) => {
    if (label === undefined || labels.indexOf(label) === index) return [];
    const what = { found: `the label ${label} again`, allowed: 'each label once' };
    return [{ path: ['steps', index, 'label'], ...what }];
  });
}

function faultsOfFounding(plan: CeremonyPlan): readonly Contradiction[] {
  const { steps } = plan;
  const counts = (['make-csca', 'make-audit-key', 'make-storage-key'] as const).flatMap((one) => {
    const count = steps.filter((step) => step.do === one).length;
    if (count === 1) return [];
    return [{ path: ['steps'], found: `${count} steps ${one}`, allowed: 'exactly one' }];
  });
  const founding: readonly CeremonyStep['do'][] = [
    ...(['make-csca', 'make-audit-key', 'make-storage-key', 'add-signer'] as const),
    ...(['issue-list-signer', 'request-signer', 'issue-crl'] as const),
  ];
  const csca = steps.findIndex((step) => step.do === 'make-csca');
  const misplaced = steps.flatMap((step, index): Contradiction[] => {
    const path = ['steps', index];
    if (!founding.includes(step.do)) {
      return [{ path, found: `a step ${step.do}`, allowed: 'a ceremony of its own, afterwards' }];
    }
    const needsCsca = ['add-signer', 'issue-list-signer', 'issue-crl'].includes(step.do);
    if (!needsCsca || index > csca) return [];
    return [{ path, found: 'a step before its CSCA', allowed: 'the CSCA first' }];
  });
  const signers = steps.some((step) => step.do === 'add-signer')
    ? []
    : [{ path: ['steps'], found: 'no step add-signer', allowed: 'at least one' }];
  const key =
    plan.auditKey === undefined
      ? []
      : [{ path: ['auditKey'], found: 'an audit key', allowed: 'the one that a step makes' }];
  return [...counts, ...signers, ...misplaced, ...key];
}

function faultsLater({ steps, auditKey }: CeremonyPlan): readonly Contradiction[] {
  const founding = steps.flatMap((step, index): Contradiction[] => {
    if (step.do !== 'make-audit-key' && step.do !== 'make-storage-key') return [];
    const what = { found: `a step ${step.do}`, allowed: 'the ceremony that makes the CSCA' };
    return [{ path: ['steps', index], ...what }];
  });
  if (auditKey !== undefined) return founding;
  const what = { found: 'no auditKey', allowed: 'the key that signs the transcript' };
  return [...founding, { path: ['steps'], ...what }];
}

/** A revocation that nobody is told of protects nobody. */
function revocationsWithoutList({ steps }: CeremonyPlan): readonly Contradiction[] {
  const last = steps.findLastIndex((step) => step.do === 'revoke-signer');
  if (last < 0 || steps.slice(last).some((step) => step.do === 'issue-crl')) return [];
  const what = { found: 'a revocation without its list', allowed: 'a step issue-crl after it' };
  return [{ path: ['steps', last], ...what }];
}
