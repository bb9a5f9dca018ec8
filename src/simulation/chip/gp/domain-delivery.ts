import type { CardState } from '../../../standards/gp/life-cycle-states';
import { parseScp02Options } from '../../../standards/gp/scp02-options';
import { encodeScp03Options, parseScp03Options } from '../../../standards/gp/scp03-options';
import type { NvMemory } from '../nv-memory';
import { deliverKeySets, type KeySet } from './key-sets';
import { writeCardState } from './life-cycle';
import { withholdApplication } from './registry';

/** How a chip leaves its maker; everything that is not said is as chips of the kind usually are. */
export interface DomainDelivery {
  /** Sets that the first PUT KEY takes away; the published laboratory key by default. */
  readonly deliveryKeys?: readonly KeySet[];
  /** Sets that stay, beside those. */
  readonly issuerKeys?: readonly KeySet[];
  /** The parameter i of SCP02: 05, 07, 15, 17 … 77 [GPC-C §E.1.1]. */
  readonly scp02?: number;
  /** The parameter i of SCP03 [GPC-D §5.1]. */
  readonly scp03?: number;
  readonly cardState?: CardState;
  /** Whether the eMRTD application is installed, or has to be loaded first. */
  readonly application?: 'installed' | 'to-be-loaded';
}

const PARAMETERS = 'protocol-parameters';
/** Three keys, chaining value under encryption, pseudo-random challenge; no R-MAC [GPC-C §E.1.1]. */
const USUAL_SCP02 = 0x55;
/** Pseudo-random challenge, R-MAC and R-ENC, S8 mode [GPC-D §5.1]. */
const USUAL_SCP03 = 0x70;

/** @throws RangeError for a parameter i that no card has; SecureChannelError for one of SCP02. */
export function deliverDomain(memory: NvMemory, delivery: DomainDelivery): void {
  const { deliveryKeys, issuerKeys, cardState, application } = delivery;
  const { scp02 = USUAL_SCP02, scp03 = USUAL_SCP03 } = delivery;
  parseScp02Options(scp02);
  if (encodeScp03Options(parseScp03Options(scp03)) !== scp03) {
    throw new RangeError(`there is no SCP03 with i = ${scp03}`);
  }
  memory.put({ [PARAMETERS]: Uint8Array.of(scp02, scp03) });
  if (deliveryKeys !== undefined) deliverKeySets(memory, deliveryKeys, 'delivery');
  if (issuerKeys !== undefined) deliverKeySets(memory, issuerKeys, 'issuer');
  if (cardState !== undefined) writeCardState(memory, cardState);
  if (application === 'to-be-loaded') withholdApplication(memory);
}

/** The parameters i with which the chip speaks the two protocols. */
export function readProtocolParameters(memory: NvMemory): {
  readonly scp02: number;
  readonly scp03: number;
} {
  const [scp02 = USUAL_SCP02, scp03 = USUAL_SCP03] = memory.value(PARAMETERS) ?? [];
  return { scp02, scp03 };
}
