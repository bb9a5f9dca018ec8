/**
 * Thrown by every parser of the standards room when bytes from outside do not follow their
 * specification. `place` names the structure, never its content, so that the message can be shown
 * and logged without carrying personal data.
 */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';

  constructor(
    /** Where: the structure in the field's own words, for instance `EF.COM, tag list`. */
    readonly place: string,
    /** What is wrong, one clause without holder data. */
    readonly reason: string,
    /** Offset in bytes from the start of the parsed structure, where one is known. */
    readonly offset?: number,
  ) {
    super(`${place}: ${reason}${offset === undefined ? '' : ` (at byte ${offset})`}`);
  }
}
