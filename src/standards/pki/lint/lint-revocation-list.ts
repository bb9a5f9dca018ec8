import { applyRules, type LintFinding } from './lint-rule';
import type { RevocationListRule, RevocationListToLint } from './revocation-list-rule';
import { REVOCATION_LIST_RULES } from './revocation-list-rules';

/**
 * Holds a revocation list against its profile. Whether its signature is right, and whether it is
 * the newest of its State, are other questions [9303-12 §7.2].
 */
export function lintRevocationList(
  subject: RevocationListToLint,
): readonly LintFinding<RevocationListRule>[] {
  return applyRules(REVOCATION_LIST_RULES, (rule) => rule.holds(subject));
}
