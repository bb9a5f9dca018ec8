import { APPLICATION_STATE } from '../../../standards/gp/life-cycle-states';
import type { NvMemory } from '../nv-memory';

/** Tag of a life cycle state; this maker's chips answer it to GET DATA, too [GPC-C §11.4.3.1]. */
export const LIFE_CYCLE = 0x9f70;

/** State of the eMRTD application, which is delivered installed and selectable. */
export function readApplicationState(memory: NvMemory): number {
  return memory.value('application-state')?.[0] ?? APPLICATION_STATE.SELECTABLE;
}
