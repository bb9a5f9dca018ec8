import { isObject } from './vector-file';

/** What a negative entry says: that the computation must be refused, and perhaps why. */
export interface StatedRejection {
  /** The member that says so. */
  readonly member: string;
  /** The reason in words; undefined when the entry gives none. */
  readonly reason: string | undefined;
}

const REASON_MEMBERS = ['reason', 'reject_reason', 'reject', 'error', 'why'];
const REJECTING_RESULT = /^(reject|refuse|invalid|fail|false|bad|not valid)/i;

/** The rejection that an entry expects; undefined for an entry whose figures must come out. */
export function findStatedRejection(
  expected: Readonly<Record<string, unknown>>,
): StatedRejection | undefined {
  const { reject, valid, result, signature_valid: signatureValid } = expected;
  const reason = REASON_MEMBERS.map((name) => readWords(expected[name])).find(
    (words) => words !== undefined,
  );
  if (reject !== undefined && reject !== false && reject !== null) {
    return { member: 'reject', reason };
  }
  if (valid === false) return { member: 'valid', reason };
  if (signatureValid === false) {
    return { member: 'signature_valid', reason: reason ?? 'the signature is wrong' };
  }
  if (typeof result === 'string' && REJECTING_RESULT.test(result.trim())) {
    const rest = result.trim().replace(/^[a-z ]*?(?:[:(]|$)/i, '');
    return { member: 'result', reason: reason ?? (rest.trim() === '' ? undefined : rest) };
  }
  return undefined;
}

/** Whether a member is part of the verdict, and so no figure of its own. */
export function isVerdictMember(member: string, negative: boolean): boolean {
  if (/_received$/i.test(member)) return negative;
  if (!negative) return false;
  return [...REASON_MEMBERS, 'valid', 'result', 'signature_valid'].includes(member);
}

function readWords(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (Array.isArray(value)) {
    const words = value.filter((item): item is string => typeof item === 'string');
    return words.length === 0 ? undefined : words.join('; ');
  }
  return isObject(value) ? Object.values(value).map(readWords).find(Boolean) : undefined;
}
