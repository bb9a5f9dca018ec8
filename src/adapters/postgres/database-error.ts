import { types } from 'node:util';
import { DatabaseError } from 'pg';
import { ProductionError } from '../../production/errors';

/** A mistake of ours that the database refused; says the code and the table, never a value. */
export class UnexpectedDatabaseError extends Error {
  override readonly name = 'UnexpectedDatabaseError';

  constructor(
    /** SQLSTATE, or the name of the error where there is none. */
    readonly code: string,
    readonly table: string | undefined,
  ) {
    super(`the database refused a statement: ${code}${table === undefined ? '' : ` in ${table}`}`);
  }
}

/** The server is gone, going, full, or does not know us. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOENT: 'there is no such socket',
  EACCES: 'the socket may not be opened',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ETIMEDOUT: 'no answer came in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  '28000': 'the user may not log in',
  '28P01': 'the password is wrong',
  '3D000': 'there is no such database',
  '42501': 'the user may not do this',
  '53100': 'the disk of the database is full',
  '53200': 'the database is out of memory',
  '53300': 'the database has too many connections',
  '57P01': 'the database is shutting down',
  '57P02': 'the database crashed',
  '57P03': 'the database is starting up or shutting down',
  '57014': 'a statement took too long',
  '25006': 'the database takes no changes',
  '40001': 'others kept changing the same rows',
  '40P01': 'others kept changing the same rows',
};

/**
 * What went wrong at `place`, without the values that an error of the driver carries in `message`,
 * `detail` and `where`: neither the text nor the error itself is passed on as a cause.
 */
export function toTypedError(error: unknown, place: string): Error {
  if (error instanceof ProductionError || error instanceof UnexpectedDatabaseError) return error;
  const code = codeOf(error);
  const why = UNAVAILABLE[code] ?? (isLostConnection(error, code) ? 'the connection was lost' : '');
  if (why !== '') return new ProductionError('DATABASE_UNAVAILABLE', place, [why]);
  const { constraint, table } = error instanceof DatabaseError ? error : {};
  if (constraint === 'signed_inside_the_period_of_the_key') {
    return new ProductionError('SIGNER_OUTSIDE_PERIOD', place);
  }
  if (code === 'PL010') return new ProductionError('SIGNER_NONE_READY', place);
  if (code === 'PL004' || (constraint !== undefined && FOUR_EYES.has(constraint))) {
    // What our own triggers say is a sentence of ours, without a value.
    const sentence = error instanceof DatabaseError && code === 'PL004' ? [error.message] : [];
    const reasons = constraint === undefined ? sentence : [constraint.replaceAll('_', ' ')];
    return new ProductionError('FOUR_EYES_REFUSED', place, reasons);
  }
  if (isConflict(code)) {
    return new ProductionError('STATE_CONFLICT', place, [
      `the database refuses it by rule ${constraint ?? `${code} of ${table ?? 'the line'}`}`,
    ]);
  }
  // Not from the database at all, for instance from the HSM that seals.
  if (types.isNativeError(error) && !(error instanceof DatabaseError)) return error;
  return new UnexpectedDatabaseError(code, table);
}

/** Rules of 0009_four_eyes.sql, 0013_card_keys.sql and 0015_acts.sql that are constraints. */
const FOUR_EYES: ReadonlySet<string> = new Set([
  'nobody_decides_twice',
  'nobody_decides_their_own_request',
  'decided_before_it_expires',
  'nobody_gives_two_components',
  'approved_once',
]);

/** True when the same transaction may succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** Integrity constraints, and the rules of our own triggers. */
function isConflict(code: string): boolean {
  return code.startsWith('23') || code.startsWith('PL');
}

function isLostConnection(error: unknown, code: string): boolean {
  if (code.startsWith('08')) return true;
  return (
    types.isNativeError(error) &&
    !(error instanceof DatabaseError) &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(
      error.message,
    )
  );
}

function codeOf(error: unknown): string {
  if (!types.isNativeError(error)) return 'unknown';
  // What Node throws when a name has several addresses and none of them answers.
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
