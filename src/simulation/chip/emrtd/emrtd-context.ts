import type { PaceChip } from '../../../standards/access/pace/pace-chip';
import type { PaceProtocol } from '../../../standards/access/pace/pace-protocol';
import type { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import type { CvTrustState } from '../../../standards/access/terminal-authentication/cv-chain';
import type { ReadingRights } from '../../../standards/access/terminal-authentication/cv-authorization';
import type { ChipAuthenticationAlgorithm } from '../../../standards/access/chip-authentication/chip-authentication-protocol';
import type { RandomSource } from '../../../production/ports';
import type { NvMemory } from '../nv-memory';
import type { EmrtdFile, Folder } from './emrtd-files';

/** Secure messaging, and what it was opened with. */
interface EmrtdChannel {
  readonly kind: 'bac' | 'pace';
  readonly messaging: SecureMessaging;
  /** ID_IC that Terminal Authentication binds to [9303-11 §7.1.2]. */
  readonly chipIdentifier: Uint8Array;
  /** The password of PACE: 1 MRZ, 2 CAN, 3 PIN, 4 PUK. */
  readonly passwordReference?: number;
}

/** What is gone with the power or with the session. */
export interface EmrtdSession {
  folder: Folder;
  selected?: EmrtdFile;
  challenge?: Uint8Array;
  channel?: EmrtdChannel;
  /** A channel of PACE, from the answer to its last step on, which still goes as the steps did. */
  nextChannel?: EmrtdChannel;
  /** Replaces the channel once the running command is answered [9303-11 §6.2.3]. */
  nextMessaging?: SecureMessaging;
  pace?: {
    readonly protocol: PaceProtocol;
    readonly passwordReference: number;
    chip?: PaceChip;
  };
  chipAuthentication?: {
    readonly algorithm: ChipAuthenticationAlgorithm;
    readonly keyId: number | undefined;
  };
  /** Comp(PK_DH,IFD) of the newest Chip Authentication [9303-11 §7.1.2]. */
  terminalKey?: Uint8Array;
  trust?: CvTrustState;
  /** The key that the next certificate or the terminal's proof is verified with. */
  trustReference?: string;
  rights?: ReadingRights;
  /** Certificate data of a command chain that has not ended. */
  chained?: Uint8Array;
}

export interface EmrtdContext {
  readonly memory: NvMemory;
  readonly random: RandomSource;
  readonly session: EmrtdSession;
}

/** A command after secure messaging was taken off. */
export interface EmrtdCommand {
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  readonly le: number | undefined;
  readonly isProtected: boolean;
  /** The chaining bit of the class: more of the same command follows [ISO 7816-4 §5.3.3]. */
  readonly isChained: boolean;
  /** Most data bytes that fit into the response. */
  readonly roomBytes: number;
}

export type EmrtdHandler = (chip: EmrtdContext, command: EmrtdCommand) => Uint8Array;

export const NO_DATA = new Uint8Array();
