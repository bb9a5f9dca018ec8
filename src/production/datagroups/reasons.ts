import { MalformedError } from '../../standards/bytes/malformed';

/** Everything that is wrong with a record, one clause each, gathered before it is refused. */
export class Reasons {
  readonly #found: string[] = [];

  get found(): readonly string[] {
    return this.#found;
  }

  /** The clause names a field and never its content. */
  add(field: string, reason: string): void {
    const clause = `${field}: ${reason}`;
    if (!this.#found.includes(clause)) this.#found.push(clause);
  }

  /** What `act` gives; a refusal of the standards becomes a reason and gives nothing. */
  attempt<Value>(field: string, act: () => Value): Value | undefined {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.add(field, error.reason);
      return undefined;
    }
  }
}
