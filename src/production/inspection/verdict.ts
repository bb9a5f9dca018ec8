import type { InspectionCheck, LocalText } from '../document/inspection-report';
import { text } from './texts/text';

/**
 * What a person should hear first, by the start of a check's id: the cause before what follows
 * from it. A file that is cut off also has a wrong hash; a chip with a forged signature need not
 * be told about its key usage.
 */
export const SEVERITY_ORDER = [
  'ICAO3:ISO7816_D/',
  'persoline:LDS/well-formed',
  'ICAO3:LDS_D/structure',
  'persoline:LDS/required-files',
  'ICAO3:LDS_D/dsc-present',
  'ICAO3:LDS_D/signature',
  'ICAO3:LDS_D/message-digest',
  'ICAO3:LDS_D/hash',
  'ICAO3:LDS_D/dsc-chain',
  'ICAO3:LDS_D/revocation',
  'ICAO3:LDS_D/dsc-validity',
  'ICAO3:LDS_D/csca-',
  'ICAO3:LDS_D/key-period',
  'ICAO3:LDS_D/dsc-',
  'ICAO3:LDS_D/',
  '9303-11:AA/',
  '9303-11:CA/',
  'TR5.1:LDS_F/',
  'TR5.1:LDS_J/',
  'TR5.1:LDS_H/',
  'ICAO3:LDS_A/',
  'ICAO3:LDS_',
  'TR3.2:',
  'persoline:LDS/',
  'persoline:compare/',
] as const;

const OUTCOME_RANK = { fail: 0, warning: 1, 'not-checked': 2, note: 3, pass: 4 } as const;

/** The verdict and its sentence from the answers of all checks. */
export function reachVerdict(checks: readonly InspectionCheck[]): {
  readonly verdict: 'pass' | 'fail';
  readonly sentence: LocalText;
} {
  const failures = sortBySeverity(checks.filter(({ outcome }) => outcome === 'fail'));
  const [gravest, ...more] = failures;
  if (gravest !== undefined) {
    return { verdict: 'fail', sentence: failureSentence(gravest, more) };
  }
  const warnings = sortBySeverity(checks.filter(({ outcome }) => outcome === 'warning'));
  const [first] = warnings;
  const passed = checks.filter(({ outcome }) => outcome === 'pass').length;
  const sentence =
    first === undefined
      ? text('verdict.pass', { passed })
      : text('verdict.pass-with-warnings', {
          warnings: warnings.length,
          first: reasonOf(first),
        });
  return { verdict: 'pass', sentence };
}

/** Checks with the gravest outcome first, and among equals the one nearest to the cause. */
export function sortBySeverity(checks: readonly InspectionCheck[]): readonly InspectionCheck[] {
  return checks.toSorted(
    (left, right) =>
      OUTCOME_RANK[left.outcome] - OUTCOME_RANK[right.outcome] ||
      severityRank(left.id) - severityRank(right.id),
  );
}

/** A check's reason, or its title where it gave none. */
export function reasonOf(check: InspectionCheck): LocalText {
  return check.reason ?? check.title;
}

function severityRank(id: string): number {
  const rank = SEVERITY_ORDER.findIndex((start) => id.startsWith(start));
  return rank === -1 ? SEVERITY_ORDER.length : rank;
}

function failureSentence(gravest: InspectionCheck, more: readonly InspectionCheck[]): LocalText {
  const first = reasonOf(gravest);
  return more.length === 0
    ? text('verdict.fail', { first })
    : text('verdict.fail-more', { first: withoutStop(first), more: more.length });
}

function withoutStop({ vi, en }: LocalText): LocalText {
  return { vi: vi.replace(/\.$/, ''), en: en.replace(/\.$/, '') };
}
