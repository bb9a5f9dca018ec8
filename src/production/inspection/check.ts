import type { CheckGroup, CheckOutcome, LocalText } from '../document/inspection-report';
import type { Subject } from './subject';
import type { PlainKey } from './texts/text';

/** One question of the judge: its name, its source, and how it is answered. */
export interface Check {
  /** Id in the words of docs/conformity.md; the suffix after the stroke is ours. */
  readonly id: string;
  readonly group: CheckGroup;
  readonly title: PlainKey;
  /** The clause that demands it, `[9303-10 §4.6.1]`. */
  readonly clause: string;
  /**
   * One finding for each thing looked at; none when the question does not arise, for instance
   * about a file that need not be there.
   */
  readonly run: (subject: Subject) => readonly Finding[];
}

/** One answer, before it is put under the check's id and title. */
export interface Finding {
  readonly outcome: CheckOutcome;
  /** In place of the check's clause, where a check looks after several. */
  readonly clause?: string;
  readonly file?: string;
  /** The field of the file that is not what was meant, in words. */
  readonly field?: LocalText;
  readonly expected?: string;
  readonly found?: string;
  readonly reason?: LocalText;
}

/** What goes with an answer: the file, and what was expected and found, safe to print. */
export type Evidence = Pick<Finding, 'file' | 'field' | 'expected' | 'found'>;

export function pass(evidence: Evidence = {}): Finding {
  return { outcome: 'pass', ...evidence };
}

export function note(reason: LocalText, evidence: Evidence = {}): Finding {
  return { outcome: 'note', reason, ...evidence };
}

export function warn(reason: LocalText, evidence: Evidence = {}): Finding {
  return { outcome: 'warning', reason, ...evidence };
}

export function fail(reason: LocalText, evidence: Evidence = {}): Finding {
  return { outcome: 'fail', reason, ...evidence };
}

export function notChecked(reason: LocalText, evidence: Evidence = {}): Finding {
  return { outcome: 'not-checked', reason, ...evidence };
}

/** The complaints, or one pass with the evidence when there are none. */
export function passUnless(complaints: readonly Finding[], evidence: Evidence = {}): Finding[] {
  return complaints.length === 0 ? [pass(evidence)] : [...complaints];
}
