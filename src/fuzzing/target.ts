import { AccessError } from '../standards/access/access-error';
import { SecureMessagingError } from '../standards/access/secure-messaging/secure-messaging-error';
import { MalformedError } from '../standards/bytes/malformed';
import { ProductionError } from '../production/errors';

/** One parser of outside bytes, and good inputs to begin from, which a fuzzer changes. */
export interface FuzzTarget {
  /** Reads the bytes; what it throws beside a typed refusal is a fault. */
  readonly read: (bytes: Uint8Array) => unknown;
  /**
   * Paths below the root of the checkout. `FILE#FFD8` begins at the first place where these bytes
   * stand, `FILE@3081` is the TLV object that begins there; a JSON file of vectors gives every
   * hexadecimal value in it.
   */
  readonly seeds: readonly string[];
  /** Inputs for which there is no file. */
  readonly inputs?: readonly Uint8Array[];
  /** It reads text: a JSON file is one input, and lines and words of it are changed. */
  readonly isText?: true;
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BYTES = 4096;

/** The refusals that a parser of outside bytes may throw: typed, with a reason. */
const REFUSALS = [MalformedError, ProductionError, AccessError, SecureMessagingError] as const;

/**
 * Gives a target one input. Returns whether it was read; throws what is no typed refusal.
 */
export function runTarget({ read }: FuzzTarget, bytes: Uint8Array): boolean {
  try {
    read(bytes);
    return true;
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) return false;
    throw error;
  }
}
