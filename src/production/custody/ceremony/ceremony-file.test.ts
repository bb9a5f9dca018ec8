import type { PresentCustodian } from '../four-eyes/custodian-key';
import type { ProductionError } from '../../errors';
import { parseCeremony } from './ceremony-file';
import { LATER_STEPS } from './testing/later-ceremony';
import { sampleCeremony } from './testing/sample-ceremony';

const people: readonly PresentCustodian[] = ['an', 'binh', 'chi'].map((name, index) => ({
  ...{ name, publicKey: new Uint8Array(44).fill(index), sign: () => new Uint8Array(64) },
}));
const text = sampleCeremony(people);

function faultsOf(changed: string): readonly string[] {
  try {
    parseCeremony(changed, 'c.yaml');
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'CEREMONY_INVALID' });
    return (error as ProductionError).reasons;
  }
}

test('reads a founding and everything that can follow it', () => {
  expect(parseCeremony(text, 'c.yaml').plan.steps).toHaveLength(4);
  const later = sampleCeremony(people, { steps: LATER_STEPS });
  expect(parseCeremony(later, 'c.yaml').plan.steps).toHaveLength(9);
});

test.each([
  ['state: UTO', 'state: UTO\npin: 1234', 'c.yaml:4: pin: found the unknown member "pin"'],
  ['needed: 2', 'needed: 1', 'c.yaml:10: confirm.needed: found 1; allowed: at least 2'],
  ['needed: 2', 'needed: 4', 'c.yaml:10: confirm.needed: found 4; allowed: at most the 3'],
  ['requestedBy: dung', 'requestedBy: an', 'c.yaml:12: confirm.custodians[0]: found the requester'],
  ['name: binh', 'name: an', 'c.yaml:13: confirm.custodians[1]: found a person twice'],
  [
    ...(['useMonths: 3\n', 'useMonths: 4\n'] as const),
    'c.yaml:27: steps[1].useMonths: found 4; allowed: at most 3',
  ],
  ['label: dsc-1', 'label: csca-1', 'c.yaml:23: steps[1].label: found the label csca-1 again'],
  [
    ...([/ {2}- \{ do: make-storage.*\n/, ''] as const),
    'c.yaml:16: steps: found 0 steps make-storage-key; allowed: exactly one',
  ],
  ['country: UT', 'country: &x UT', 'c.yaml:2: found the anchor &x; allowed: no anchors'],
  [
    ...(['do: make-storage-key, label: storage-1', 'do: open-vault'] as const),
    'c.yaml:28: steps[2]',
  ],
])('with %s → %s is refused with its line', (from, to, reason) => {
  const reasons = faultsOf(text.replace(from, to));
  expect([reason, reasons.filter((one) => one.startsWith(reason))]).toEqual([
    reason,
    [expect.any(String)],
  ]);
});

test.each([
  ['a revocation without its list', (steps: string) => steps.replace(/.*issue-crl.*\n/, '')],
  [
    'a step make-audit-key',
    (steps: string) =>
      `${steps}  - { do: make-audit-key, label: a, algorithm: ecdsa-P-256-sha256 }\n`,
  ],
])('%s is refused', (found, change) => {
  const faults = faultsOf(sampleCeremony(people, { steps: change(LATER_STEPS) }));
  expect(faults.join()).toContain(`found ${found}`);
});

test('a ceremony after the founding names the key of its transcript', () => {
  const later = sampleCeremony(people, { steps: LATER_STEPS });
  expect(faultsOf(later.replace(/auditKey.*\n/, '')).join()).toContain('found no auditKey');
});
