import type { Consequence, ErrorEntry } from './errors/error-entry';
import { CARD_ERRORS } from './errors/card-errors';
import { CUSTODY_ERRORS } from './errors/custody-errors';
import { DOCUMENT_ERRORS } from './errors/document-errors';
import { RECORD_ERRORS } from './errors/record-errors';
import { SYSTEM_ERRORS } from './errors/system-errors';

export type { ErrorKind } from './errors/error-entry';

/**
 * Every way in which the world can fail the line. The code is the key of the message in both
 * languages, the log field and the anchor in docs/errors.md; texts carry no holder data.
 */
export const ERRORS = {
  ...RECORD_ERRORS,
  ...DOCUMENT_ERRORS,
  ...CUSTODY_ERRORS,
  ...CARD_ERRORS,
  ...SYSTEM_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The world failed, or the input is wrong: a stable code, a place and a cause, no holder data. */
export class ProductionError extends Error {
  override readonly name = 'ProductionError';
  readonly consequence: Consequence;

  constructor(
    readonly code: ErrorCode,
    /** Where: a file and line, a field, a reader, a step. */
    readonly place: string,
    /** What exactly was found, one clause or several, without holder data. */
    readonly reasons: readonly string[] = [],
    options?: { readonly cause?: unknown },
  ) {
    super([`${ERRORS[code].en}: ${place}`, ...reasons].join('; '), options);
    this.consequence = ERRORS[code].consequence;
  }
}
