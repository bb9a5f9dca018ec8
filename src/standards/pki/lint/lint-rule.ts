import { MalformedError } from '../../bytes/malformed';

/**
 * `error`: a reader must or may refuse it. `warning`: against the profile, and read all the same;
 * what was issued before the rule was made is like that [9303-12 §7].
 */
export type LintSeverity = 'error' | 'warning';

/** What a rule says of itself, whatever it is about [9303-12 §7]. */
export interface LintRule {
  /** Kebab-case, the name of its file. */
  readonly id: string;
  readonly severity: LintSeverity;
  /** The clause, `9303-12 §7.1 table 5`. */
  readonly clause: string;
  /** What is wrong, in both languages, one sentence each. */
  readonly fault: { readonly vi: string; readonly en: string };
}

/** A rule that is not met; `detail` where what it asks about could not even be read. */
export interface LintFinding<Rule extends LintRule = LintRule> {
  readonly rule: Rule;
  readonly detail?: string;
}

/**
 * Asks every rule, and gives those that are not met in their order [9303-12 §7].
 *
 * @param holds may throw MalformedError, which counts as a fault
 */
export function applyRules<Rule extends LintRule>(
  rules: readonly Rule[],
  holds: (rule: Rule) => boolean,
): readonly LintFinding<Rule>[] {
  const findings: readonly LintFinding<Rule>[] = rules.flatMap((rule) => {
    try {
      return holds(rule) ? [] : [{ rule }];
    } catch (error) {
      if (error instanceof MalformedError) return [{ rule, detail: error.message }];
      throw error;
    }
  });
  return findings.filter((finding, index) => index === firstWithDetail(findings, finding, index));
}

/** Several rules look at the same member: that it cannot be read is said once. */
function firstWithDetail(
  findings: readonly LintFinding[],
  { detail }: LintFinding,
  index: number,
): number {
  return detail === undefined ? index : findings.findIndex((other) => other.detail === detail);
}
