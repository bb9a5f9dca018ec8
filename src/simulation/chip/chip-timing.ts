/** How long a chip takes for what it does; all in milliseconds. */
export interface ChipTiming {
  /** One byte over the air or the contacts, start and frame bits included. */
  readonly byteMs: number;
  /** The turn from command to response, of reader and chip together. */
  readonly commandMs: number;
  /** Erasing and programming one page of non-volatile memory. */
  readonly pageMs: number;
  /** Computing in a command, by its instruction. */
  readonly computingMs: Readonly<Record<number, number>>;
}

/**
 * A contactless chip of the middle of the market at 424 kbit/s: our round figures, for comparing
 * scripts and numbers of readers with each other, not a measurement of any product.
 */
export const TYPICAL_TIMING: ChipTiming = {
  byteMs: 0.025,
  commandMs: 1.5,
  pageMs: 3,
  computingMs: {
    0x22: 60,
    0x2a: 90,
    0x82: 25,
    0x86: 80,
    0x88: 120,
    0xb0: 0.5,
  },
};

/** One exchange, as far as its duration depends on it. */
export interface TimedExchange {
  readonly ins: number;
  readonly commandBytes: number;
  readonly responseBytes: number;
  readonly pages: number;
}

export function exchangeMs(timing: ChipTiming, exchange: TimedExchange): number {
  const { ins, commandBytes, responseBytes, pages } = exchange;
  return (
    timing.commandMs +
    timing.byteMs * (commandBytes + responseBytes) +
    timing.pageMs * pages +
    (timing.computingMs[ins] ?? 0)
  );
}
