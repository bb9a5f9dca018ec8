import type { FourEyesStore, ProposalKind } from '../../document/custody/four-eyes';
import { ProductionError } from '../../errors';
import { authorize } from './authorize';

/**
 * The oldest proposal of a kind that enough custodians have approved and nobody has used, for work
 * that a timer does when it is due.
 */
export async function findApproved(
  store: FourEyesStore,
  wish: { readonly kind: ProposalKind; readonly at: Date; readonly by: string },
): Promise<number | undefined> {
  const { kind, at } = wish;
  for (const proposal of await store.listOpenProposals(at)) {
    if (proposal.kind !== kind) continue;
    const { proposalId } = proposal;
    try {
      await authorize(store, { ...wish, subject: {}, proposalId });
      return proposalId;
    } catch (error) {
      if (!(error instanceof ProductionError) || error.code !== 'FOUR_EYES_REFUSED') throw error;
    }
  }
  return undefined;
}
