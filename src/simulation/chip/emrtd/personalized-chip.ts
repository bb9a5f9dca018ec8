import { APPLICATION_STATE } from '../../../standards/gp/life-cycle-states';
import type { RandomSource } from '../../../production/ports';
import { makeChipIdentity } from '../chip-identity';
import { type ChipState, encodeChipState } from '../chip-state';
import { setApplicationState } from '../gp/registry';
import { writeCardState } from '../gp/life-cycle';
import { NvMemory } from '../nv-memory';
import { personalize } from './personalize';

/** One data grouping, as STORE DATA would bring it. */
export interface Grouping {
  readonly dgi: number;
  readonly value: Uint8Array;
}

/** A GlobalPlatform chip that was given these groupings and was locked, without any writer. */
export function makePersonalizedChip(
  groupings: readonly Grouping[],
  random: RandomSource,
): ChipState {
  const memory = new NvMemory();
  for (const { dgi, value } of groupings) personalize({ memory, random }, dgi, value);
  setApplicationState(memory, APPLICATION_STATE.PERSONALIZED);
  writeCardState(memory, 'SECURED');
  return encodeChipState('gp-emrtd', makeChipIdentity(random), memory);
}
