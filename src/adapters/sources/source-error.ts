import { types } from 'node:util';
import { ProductionError } from '../../production/errors';

/** By SQLSTATE or code of the system; everything else is said by its code. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  ECONNRESET: 'the connection was reset',
  ETIMEDOUT: 'no answer came in time',
  '28000': 'the user may not log in',
  '28P01': 'the password is wrong',
  '3D000': 'there is no such database',
  '42501': 'the user may not read it',
  '42703': 'a column is missing: the records need `record`, the pictures `path` and `content`',
  '42P01': 'there is no such table or view',
  '57P01': 'the database is shutting down',
};

/** Why a database could not be read, without address, password or a value of a row. */
export function sourceError(error: unknown, place: string): Error {
  if (error instanceof ProductionError) return error;
  if (!types.isNativeError(error)) throw error;
  const cause =
    'errors' in error && Array.isArray(error.errors) ? (error.errors[0] as unknown) : error;
  const code =
    types.isNativeError(cause) && 'code' in cause && typeof cause.code === 'string'
      ? cause.code
      : undefined;
  const isLost = /^(Connection terminated|timeout expired)/.test(error.message);
  // A mistake of ours further down the line is not the source's.
  if (code === undefined && !isLost) return error;
  const reason =
    REASONS[code ?? ''] ?? (isLost ? 'the connection was lost' : `error ${code ?? ''}`);
  return new ProductionError('SOURCE_UNREADABLE', place, [reason]);
}
