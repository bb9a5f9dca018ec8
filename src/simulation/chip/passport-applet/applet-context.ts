import type { PaceChip } from '../../../standards/access/pace/pace-chip';
import type { PaceProtocol } from '../../../standards/access/pace/pace-protocol';
import type { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import type { RandomSource } from '../../../production/ports';
import type { NvMemory } from '../nv-memory';
import type { AppletVariant } from './applet-variants';

/** blank: personalization open; personalized: PACE variant after DEAF; locked: no way back. */
export type AppletLifeCycle = 'blank' | 'personalized' | 'locked';

/** What is gone with the power: every flag of a session. */
export interface AppletSession {
  selectedFid?: number;
  challenge?: Uint8Array;
  channel?: {
    readonly kind: 'bac' | 'pace';
    readonly messaging: SecureMessaging;
  };
  /** Replaces the channel once the running command is answered [9303-11 §6.2.3]. */
  nextMessaging?: SecureMessaging;
  chipAuthenticated?: boolean;
  /** From MSE:Set AT on; the chip's side of the run from the first GENERAL AUTHENTICATE on. */
  pace?: {
    readonly protocol: PaceProtocol;
    readonly passwordReference: number;
    chip?: PaceChip;
  };
}

/** What a command handler works on. */
export interface AppletContext {
  readonly variant: AppletVariant;
  readonly memory: NvMemory;
  readonly random: RandomSource;
  readonly session: AppletSession;
}

/** A command after secure messaging was taken off. */
export interface AppletCommand {
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Le, 1 to 256; undefined when none was given. */
  readonly le: number | undefined;
  readonly isProtected: boolean;
}

/** Answers the response data, or throws StatusWordError. */
export type CommandHandler = (applet: AppletContext, command: AppletCommand) => Uint8Array;

export const NO_DATA = new Uint8Array();

const LIFE_CYCLES = ['blank', 'personalized', 'locked'] as const;

export function lifeCycleOf(memory: NvMemory): AppletLifeCycle {
  return LIFE_CYCLES[memory.value('life-cycle')?.[0] ?? 0] ?? 'locked';
}

export function setLifeCycle(memory: NvMemory, next: AppletLifeCycle): void {
  memory.put({ 'life-cycle': Uint8Array.of(LIFE_CYCLES.indexOf(next)) });
}
