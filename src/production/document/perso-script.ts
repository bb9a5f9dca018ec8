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
 * Phases of a script. In `keys` a chip makes its own keys before its files are built; it is read
 * back and judged between `write` and `lock`; nothing after `lock` can be undone.
 */
export type PersoPhase = 'keys' | 'write' | 'lock';

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
  /** The key pair that the last command has the chip make; its answer is the public key. */
  readonly makesKey?: 'active-authentication' | 'chip-authentication';
  /** The keys that the chip is to have from here on; the command is made for each chip anew. */
  readonly putKeys?: CardKeyWish;
  /** From which byte of its data field on each command is encrypted by the channel's own key. */
  readonly encryptFrom?: number;
}

/** A GlobalPlatform secure channel, by what a chip profile says of it. */
export interface SecureChannelWish {
  readonly protocol: 'scp02' | 'scp03';
  /** The keys that the chip may have, in the order in which they are tried. */
  readonly keys: readonly [CardKeyWish, ...CardKeyWish[]];
  /** Security level of EXTERNAL AUTHENTICATE [GPC-D §7.1.2]. */
  readonly level: SecureChannelLevel;
  /** Bytes of a MAC: 16 in the S16 mode of SCP03, otherwise 8 [GPC-D §5.1]. */
  readonly macBytes: 8 | 16;
}

/** Keys of a security domain, by reference; never a key. */
export interface CardKeyWish {
  /** Name of the master keys behind the HSM. */
  readonly keySet: string;
  readonly keyVersion: number;
  /** How a chip's keys come from the master keys. */
  readonly diversification: KeyDiversification;
}

export const KEY_DIVERSIFICATIONS = ['none', 'emv', 'visa2', 'kdf3'] as const;

export type KeyDiversification = (typeof KEY_DIVERSIFICATIONS)[number];

export const SECURE_CHANNEL_LEVELS = [
  'c-mac',
  'c-mac c-enc',
  'c-mac r-mac',
  'c-mac c-enc r-mac',
  'c-mac c-enc r-mac r-enc',
] as const;

export type SecureChannelLevel = (typeof SECURE_CHANNEL_LEVELS)[number];
