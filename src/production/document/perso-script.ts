/** The commands that make one chip from blank to locked, compiled from profile and document. */
export interface PersoScript {
  readonly product: string;
  readonly chip: string;
  /** In the order in which they are sent. */
  readonly steps: readonly PersoStep[];
  /** SHA-256 over every command of every step in order: what the attempt was meant to do. */
  readonly sha256: Uint8Array;
}

/**
 * Phases of a script. The chip is read back and judged between `write` and `lock`; nothing after
 * `lock` can be undone.
 */
export type PersoPhase = 'write' | 'lock';

export interface PersoStep {
  readonly phase: PersoPhase;
  /** Verb of the closed vocabulary, for instance `write-file`. */
  readonly verb: string;
  /** What the step acts on, in the profile's words: `EF.DG2`; never its content. */
  readonly object: string;
  readonly commands: readonly Uint8Array[];
  /** Status words that mean done. */
  readonly expectedSw: readonly number[];
  /** True when a command carries a key or password and must not be shown in a trace. */
  readonly secret: boolean;
}
