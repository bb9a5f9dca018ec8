/**
 * Whose terminals a chip obeys, and the day from which it counts the time: what it is given before
 * it has seen a certificate [9303-11 §7.1.4.3.1].
 */
export interface TerminalTrust {
  /** Card-verifiable certificates of CVCAs, 7F21, the newest first; one or two. */
  readonly certificates: readonly Uint8Array[];
  /** `YYMMDD`: no certificate of a terminal that ended before this day is taken. */
  readonly currentDate: string;
}

/** As many trust points as a chip can have [9303-11 §7.1.4.3.1]. */
export const MAX_TRUST_POINTS = 2;
