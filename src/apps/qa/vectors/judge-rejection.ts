import { describeMistake, type MemberResult } from './member-result';
import type { StatedRejection } from './negative-entry';
import { NotComputable } from './not-computable';
import { classifyReason } from './reason-classes';
import { readRefusal, type Refusal } from './refusal';

/**
 * Runs what a negative entry describes (`accept` throws what is refused) and judges the refusal:
 * it must come, and for the reason that the entry states. Where the stated words name no known
 * kind of reason, the refusal counts and its own words stand beside it for a person to compare.
 */
export function judgeRejection(accept: () => void, stated: StatedRejection): MemberResult {
  const { member, reason } = stated;
  const expected = `refused: ${reason ?? 'no reason stated'}`;
  let refusal: Refusal | undefined;
  try {
    accept();
  } catch (error) {
    if (error instanceof NotComputable) {
      return { member, outcome: 'not-checked', why: error.message };
    }
    refusal = readRefusal(error);
    if (refusal === undefined) {
      return { member, outcome: 'failed', expected, got: describeMistake(error) };
    }
  }
  if (refusal === undefined) return { member, outcome: 'failed', expected, got: 'accepted' };
  const remark = `refused: ${refusal.words}`;
  const wanted = reason === undefined ? [] : [...classifyReason(reason)];
  if (wanted.length === 0 || refusal.classes.size === 0) {
    return { member, outcome: 'passed', remark: `${remark} (not compared with the stated reason)` };
  }
  return wanted.some((kind) => refusal.classes.has(kind))
    ? { member, outcome: 'passed', remark }
    : { member, outcome: 'failed', expected, got: remark };
}
