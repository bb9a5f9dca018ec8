import { SW } from '../../standards/apdu/status-words';

/**
 * What goes wrong with a chip, and at which command: counted from 1 since the script was set, over
 * resets too, because a worn chip stays worn.
 */
export type Fault =
  /** Power is lost after so many memory pages of this command; by default after the first. */
  | { readonly kind: 'tear-off'; readonly atApdu: number; readonly pages?: number }
  /** No answer, from this command on until the next power-on; `forever` also after it. */
  | { readonly kind: 'mute'; readonly atApdu: number; readonly forever?: true }
  /** The command is not carried out and answers this; by default 6581, memory failure. */
  | { readonly kind: 'status'; readonly atApdu: number; readonly sw?: number }
  /** From this command on the security domain has other keys than its owner knows; for good. */
  | { readonly kind: 'wrong-keys'; readonly atApdu: number }
  /** The answer takes longer by so much. */
  | { readonly kind: 'slow'; readonly atApdu: number; readonly delayMs: number };

export const WORN_MEMORY_SW = SW.memoryFailure;

/** The faults of one command, picked from a script. */
export interface CommandFaults {
  readonly tearAfterPages?: number;
  readonly mute: boolean;
  readonly wrongKeys: boolean;
  readonly sw?: number;
  readonly delayMs: number;
}

/** Counts the commands of a chip and says what befalls each. */
export class FaultScript {
  #apdu = 0;
  #muteSincePowerOn = false;

  constructor(private readonly faults: readonly Fault[]) {}

  powerOn(): void {
    this.#muteSincePowerOn = this.faults.some(
      (fault) => fault.kind === 'mute' && fault.forever === true && fault.atApdu <= this.#apdu,
    );
  }

  next(): CommandFaults {
    this.#apdu += 1;
    const now = this.faults.filter((fault) => fault.atApdu === this.#apdu);
    if (now.some((fault) => fault.kind === 'mute')) this.#muteSincePowerOn = true;
    const tear = now.find((fault) => fault.kind === 'tear-off');
    const status = now.find((fault) => fault.kind === 'status');
    return {
      mute: this.#muteSincePowerOn,
      wrongKeys: now.some((fault) => fault.kind === 'wrong-keys'),
      ...(tear === undefined ? {} : { tearAfterPages: tear.pages ?? 1 }),
      ...(status === undefined ? {} : { sw: status.sw ?? WORN_MEMORY_SW }),
      delayMs: now.reduce((sum, fault) => sum + (fault.kind === 'slow' ? fault.delayMs : 0), 0),
    };
  }
}
