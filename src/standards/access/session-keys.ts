import type { ChannelKeys } from '../crypto/key-derivation';

/** What BAC, PACE and Chip Authentication agree on: secure messaging starts with it [9303-11 §9.8]. */
export interface SessionKeys extends ChannelKeys {
  /** As long as a block of the cipher; it counts up before every command and response. */
  readonly sendSequenceCounter: Uint8Array;
}
