import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../../../production/custody/four-eyes/custodian-key';
import { decide, propose } from '../../../production/custody/four-eyes/propose';
import { authorize } from '../../../production/custody/rotation/authorize';
import type { CustodyStore } from '../../../production/document/custody/custody-store';
import type { Approval, ProposalSubject } from '../../../production/document/custody/four-eyes';
import { ProductionError } from '../../../production/errors';
import type { Clock } from '../../../production/ports';
import { encodeHex } from '../../../standards/bytes/hex';
import { systemRandom } from '../../system';

const NAMES = ['an', 'binh', 'chi', 'dung'] as const;

/** Four invented custodians, two of whom approve what another asks for. */
export class LifeCustodians {
  private constructor(
    readonly requester: PresentCustodian,
    readonly others: readonly PresentCustodian[],
    private readonly given: { readonly custody: CustodyStore; readonly clock: Clock },
  ) {}

  static async found(given: {
    readonly custody: CustodyStore;
    readonly clock: Clock;
  }): Promise<LifeCustodians> {
    const { fourEyes } = given.custody;
    const people: PresentCustodian[] = [];
    for (const name of NAMES) {
      const passphrase = encodeHex(systemRandom.bytes(16));
      const { text, publicKey } = await makeCustodianKey(name, passphrase, systemRandom);
      await fourEyes.enrollCustodian({ name, publicKey, enrolledAt: given.clock.now() });
      people.push(await openCustodianKey(text, passphrase, name));
    }
    await fourEyes.foundQuorum(2, given.clock.now());
    const requester = people.pop();
    if (requester === undefined) throw new Error('four people are there');
    return new LifeCustodians(requester, people, given);
  }

  /** Has one ask and two approve; what comes back is used by the act. */
  async approve(order: ProposalSubject): Promise<Approval> {
    const { custody, clock } = this.given;
    const { fourEyes } = custody;
    const at = clock.now();
    const { proposalId } = await propose(fourEyes, this.requester, { ...order, at });
    for (const custodian of this.others.slice(0, 2)) {
      const proposal = await fourEyes.findProposal(proposalId);
      if (proposal === undefined) throw new Error('a proposal that was made is there');
      await decide(fourEyes, custodian, { proposal, decision: 'approve', at });
    }
    const intention = { ...order, proposalId, at, by: this.requester.name };
    const { approval } = await authorize(fourEyes, intention);
    if (approval !== undefined) return approval;
    throw new ProductionError('FOUR_EYES_REFUSED', order.kind, ['nobody has founded']);
  }
}
