import type { InspectionCheck } from '../document/inspection-report';
import { type Check, fail, type Finding } from './check';
import type { Subject } from './subject';
import { text } from './texts/text';

/**
 * Asks every check in turn. One that breaks off is our fault and not the chip's, yet the chip is
 * not let through: its answer is a failure that says so, and the other checks still run.
 */
export function runChecks(checks: readonly Check[], subject: Subject): readonly InspectionCheck[] {
  return checks.flatMap((check) =>
    answer(check, subject).map((finding) => ({
      id: check.id,
      group: check.group,
      title: text(check.title),
      clause: check.clause,
      ...finding,
    })),
  );
}

function answer(check: Check, subject: Subject): readonly Finding[] {
  try {
    return check.run(subject);
  } catch (error) {
    const found = error instanceof Error ? error.name : 'unknown error';
    return [fail(text('check.broke-off'), { found })];
  }
}
