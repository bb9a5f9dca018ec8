import { describeSw } from '../apdu/status-words';

/** Why a chip could not be opened or read, in the terms of the protocols [9303-11 §4]. */
export type AccessFailure =
  /** The chip answered a status word that ends the step. */
  | 'refused'
  /** The chip says that the MRZ, CAN, PIN or key of the terminal is wrong. */
  | 'wrong-secret'
  /** The password has one try left, which counts after the CAN alone [TR-03110-2]. */
  | 'suspended'
  /** The password has no try left. */
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
  /** How often the password can still be tried, where the chip tells it. */
  readonly triesLeft: number | undefined;

  constructor(
    /** The step in the field's own words, for instance `PACE, map nonce`. */
    readonly step: string,
    readonly reason: AccessFailure,
    detail: string,
    options?: { readonly sw?: number; readonly triesLeft?: number; readonly cause?: unknown },
  ) {
    super(
      `${step}: ${detail}`,
      options?.cause === undefined ? undefined : { cause: options.cause },
    );
    this.sw = options?.sw;
    this.triesLeft = options?.triesLeft;
  }

  /** The failure of a step that the chip answered with an error [ISO 7816-4 §5.6]. */
  static fromStatusWord(step: string, sw: number, authenticating = false): AccessError {
    const triesLeft = triesLeftOf(sw);
    const reason =
      sw === 0x6983 || triesLeft === 0
        ? 'blocked'
        : authenticating && (sw === 0x6300 || triesLeft !== undefined || sw === 0x6982)
          ? 'wrong-secret'
          : 'refused';
    const advice = triesLeft === undefined || triesLeft > 1 ? '' : `; ${adviceFor(triesLeft)}`;
    return new AccessError(step, reason, `the chip answered ${describeSw(sw)}${advice}`, {
      sw,
      ...(triesLeft !== undefined && { triesLeft }),
    });
  }

  /** A password that MSE:Set AT found without the tries to use it [TR-03110-3 §B.11.1]. */
  static forTriesLeft(step: string, triesLeft: number, sw: number): AccessError {
    const reason = triesLeft === 0 ? 'blocked' : 'suspended';
    return new AccessError(step, reason, adviceFor(triesLeft), { sw, triesLeft });
  }
}

/**
 * How many tries a warning of the form 63Cx leaves; undefined for other status words
 * [TR-03110-3 §B.11.1, ISO 7816-4 §5.6].
 */
export function triesLeftOf(sw: number): number | undefined {
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : undefined;
}

function adviceFor(triesLeft: number): string {
  if (triesLeft === 0) return 'the password is blocked: only the PUK gives it tries again';
  return 'the password is suspended: its last try needs the CAN before it';
}
