import type { LintFinding } from './lint-rule';

/** A finding as one line for an error or a log, `key-usage: it … [9303-12 §7.1 table 6]`. */
export function describeFinding({ rule, detail }: LintFinding): string {
  const why = detail === undefined ? '' : ` (${detail})`;
  return `${rule.id}: it ${rule.fault.en}${why} [${rule.clause}]`;
}
