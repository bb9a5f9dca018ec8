import type { LocalText } from './inspection-report';
import type { LdsFileName } from './lds-files';

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
  /** What the step does, in words; names a file, never its content. */
  readonly title: LocalText;
  /** The file that the step acts on, where it acts on one. */
  readonly file?: LdsFileName;
  /** As they are before any secure channel wraps them. */
  readonly commands: readonly Uint8Array[];
  /** Status words that mean done. */
  readonly expectedSw: readonly number[];
  /** True when a command carries a key or password and must not be shown in a trace. */
  readonly secret: boolean;
  /** The secure channel that this step opens; it has no commands of its own. */
  readonly channel?: SecureChannelWish;
  /** From which byte of its data field on each command is encrypted by the channel's own key. */
  readonly encryptFrom?: number;
}

/** A GlobalPlatform secure channel, by what a chip profile says of it. */
export interface SecureChannelWish {
  readonly protocol: 'scp02' | 'scp03';
  /** Name of the master keys behind the HSM; never a key. */
  readonly keySet: string;
  readonly keyVersion: number;
  /** How a chip's keys come from the master keys. */
  readonly diversification: (typeof KEY_DIVERSIFICATIONS)[number];
  /** Security level of EXTERNAL AUTHENTICATE [GPC-D §7.1.2]. */
  readonly level: SecureChannelLevel;
}

export const KEY_DIVERSIFICATIONS = ['none', 'emv', 'visa2', 'kdf3'] as const;

export const SECURE_CHANNEL_LEVELS = [
  'c-mac',
  'c-mac c-enc',
  'c-mac r-mac',
  'c-mac c-enc r-mac',
  'c-mac c-enc r-mac r-enc',
] as const;

export type SecureChannelLevel = (typeof SECURE_CHANNEL_LEVELS)[number];
