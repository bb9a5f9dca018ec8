import { DatabaseError } from 'pg';
import { ProductionError } from '../../production/errors';
import { isRetryable, toTypedError, UnexpectedDatabaseError } from './database-error';

const MARKER = 'ZZMARKERNAME';

/** As the driver makes it: values stand in several of its members. */
function databaseError(code: string, members: Partial<DatabaseError> = {}): DatabaseError {
  const error = new DatabaseError(`duplicate key for ${MARKER}`, 0, 'error');
  return Object.assign(error, {
    code,
    detail: `Key (name)=(${MARKER}) already exists.`,
    where: `COPY line 1: "${MARKER}"`,
    ...members,
  });
}

function everythingIn(error: Error): string {
  return [error.message, error.stack, JSON.stringify(error), String(error.cause)].join();
}

describe('errors of the database', () => {
  test.each([
    ['ECONNREFUSED', 'DATABASE_UNAVAILABLE'],
    ['28P01', 'DATABASE_UNAVAILABLE'],
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['08006', 'DATABASE_UNAVAILABLE'],
    ['40001', 'DATABASE_UNAVAILABLE'],
    ['23505', 'STATE_CONFLICT'],
    ['23503', 'STATE_CONFLICT'],
    ['PL001', 'STATE_CONFLICT'],
    ['PL003', 'STATE_CONFLICT'],
  ])('%s becomes %s and carries no value', (code, expected) => {
    const error = toTypedError(databaseError(code), 'document 17');
    expect(error).toBeInstanceOf(ProductionError);
    expect(error).toMatchObject({ code: expected, place: 'document 17' });
    expect(everythingIn(error)).not.toContain(MARKER);
  });

  test('the rule that refuses is named', () => {
    const error = toTypedError(databaseError('23505', { constraint: 'one_attempt_per_card' }), 'x');
    expect(error.message).toContain('one_attempt_per_card');
  });

  test('a signature outside its period has a code of its own', () => {
    const constraint = 'signed_inside_the_period_of_the_key';
    expect(toTypedError(databaseError('23514', { constraint }), 'x')).toMatchObject({
      code: 'SIGNER_OUTSIDE_PERIOD',
    });
  });

  test('a statement of ours that is wrong says its code and table only', () => {
    const error = toTypedError(databaseError('42703', { table: 'document' }), 'x');
    expect(error).toBeInstanceOf(UnexpectedDatabaseError);
    expect(error.message).toBe('the database refused a statement: 42703 in document');
    expect(everythingIn(error)).not.toContain(MARKER);
  });

  test('a lost connection is one, whichever way the driver says it', () => {
    for (const message of [
      'Connection terminated unexpectedly',
      'timeout exceeded when trying to connect',
    ]) {
      expect(toTypedError(new Error(message), 'x')).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    }
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    expect(toTypedError(new AggregateError([refused]), 'x')).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });

  test('errors of others pass as they are', () => {
    const other = new Error('the HSM is away');
    const typed = new ProductionError('HSM_FAILED', 'slot 1');
    expect(toTypedError(other, 'x')).toBe(other);
    expect(toTypedError(typed, 'x')).toBe(typed);
  });

  test('only what lost a race is tried again', () => {
    expect(isRetryable(databaseError('40P01'))).toBe(true);
    expect(isRetryable(databaseError('23505'))).toBe(false);
    expect(isRetryable(new Error('x'))).toBe(false);
  });
});
