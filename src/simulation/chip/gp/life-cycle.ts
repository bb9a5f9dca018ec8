import { CARD_STATE, type CardState, findCardState } from '../../../standards/gp/life-cycle-states';
import type { NvMemory } from '../nv-memory';

/** Tag of a life cycle state; this maker's chips answer it to GET DATA, too [GPC-C §11.4.3.1]. */
export const LIFE_CYCLE = 0x9f70;

const VALUE = 'card-state';

/** The card's own state, of which the security domain keeps account [GPC-C §5.1.1]. */
export function readCardState(memory: NvMemory): CardState {
  return findCardState(memory.value(VALUE)?.[0] ?? CARD_STATE.OP_READY) ?? 'TERMINATED';
}

export function writeCardState(memory: NvMemory, state: CardState): void {
  memory.put({ [VALUE]: Uint8Array.of(CARD_STATE[state]) });
}
