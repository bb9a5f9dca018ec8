import { describeSw } from '../apdu/status-words';

/** Why a chip could not be opened or read, in the terms of the protocols [9303-11 §4]. */
export type AccessFailure =
  /** The chip answered a status word that ends the step. */
  | 'refused'
  /** The chip says that the MRZ, CAN, PIN or key of the terminal is wrong. */
  | 'wrong-secret'
  /** The password is blocked or suspended. */
  | 'blocked'
  /** The chip could not prove that it knows the secret. */
  | 'wrong-proof'
  /** What the other side sent breaks a rule of the protocol. */
  | 'protocol'
  /** The two sides have no algorithm in common that is implemented here. */
  | 'unsupported'
  /** A bound on the number of commands or bytes was reached. */
  | 'too-long';

/** A step of an access protocol failed; carries no secret and no data of the holder. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  /** The chip's status word, where there is one. */
  readonly sw: number | undefined;

  constructor(
    /** The step in the field's own words, for instance `PACE, map nonce`. */
    readonly step: string,
    readonly reason: AccessFailure,
    detail: string,
    options?: { readonly sw?: number; readonly cause?: unknown },
  ) {
    super(
      `${step}: ${detail}`,
      options?.cause === undefined ? undefined : { cause: options.cause },
    );
    this.sw = options?.sw;
  }

  /** The failure of a step that the chip answered with an error [ISO 7816-4 §5.6]. */
  static fromStatusWord(step: string, sw: number, authenticating = false): AccessError {
    const reason =
      sw === 0x6983 || sw === 0x63c0
        ? 'blocked'
        : authenticating && (sw === 0x6300 || (sw & 0xfff0) === 0x63c0 || sw === 0x6982)
          ? 'wrong-secret'
          : 'refused';
    return new AccessError(step, reason, `the chip answered ${describeSw(sw)}`, { sw });
  }
}
