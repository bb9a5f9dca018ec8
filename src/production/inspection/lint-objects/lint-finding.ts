import type { LintFinding, LintSeverity } from '../../../standards/pki/lint/lint-rule';
import type { LocalText } from '../../document/inspection-report';

/** Something that is not as its profile has it, for a person and for machines. */
export interface ObjectFinding {
  /** Id of a rule, or of a check of the inspection. */
  readonly rule: string;
  readonly severity: LintSeverity;
  /** The clause, `9303-12 §7.1 table 5`. */
  readonly clause: string;
  readonly reason: LocalText;
  /** The elementary file, where it is about one of several. */
  readonly file?: string;
  /** Why what was asked about could not be read. */
  readonly detail?: string;
}

/** The finding of a rule as a sentence in both languages. */
export function findingOf({ rule, detail }: LintFinding): ObjectFinding {
  const { id, severity, clause, fault } = rule;
  const reason = { vi: sentence(fault.vi), en: sentence(`it ${fault.en}`) };
  return { rule: id, severity, clause, reason, ...(detail !== undefined && { detail }) };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
