import { equalBytes } from '../../../standards/bytes/compare';
import type {
  Custodian,
  FourEyesStore,
  Proposal,
  ProposalSubject,
} from '../../document/custody/four-eyes';
import { ProductionError } from '../../errors';
import { verifyCustodian } from './custodian-key';
import { decisionMessage, hashSubject, requestMessage } from './propose';

/**
 * Before something that nobody may do alone: this proposal is about exactly this, enough custodians
 * other than the one who asked have signed it, and it is neither old nor used. The database holds
 * the same rule; this looks at the signatures too.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED` with every reason.
 */
export async function requireApproval(
  store: FourEyesStore,
  asked: ProposalSubject & { readonly proposalId: number; readonly at: Date },
): Promise<Proposal> {
  const place = `proposal ${asked.proposalId}`;
  const proposal = await store.findProposal(asked.proposalId);
  if (proposal === undefined) {
    throw new ProductionError('FOUR_EYES_REFUSED', place, ['there is no such proposal']);
  }
  const custodians = new Map((await store.listCustodians()).map((one) => [one.name, one]));
  const reasons = [
    ...(equalBytes(proposal.sha256, hashSubject(asked)) ? [] : ['it is about something else']),
    ...(proposal.end === undefined ? [] : [`it is ${proposal.end.ending}`]),
    ...(asked.at > proposal.expiresAt ? ['it has expired'] : []),
    ...judgeSignatures(proposal, custodians),
  ];
  if (reasons.length > 0) throw new ProductionError('FOUR_EYES_REFUSED', place, reasons);
  return proposal;
}

function judgeSignatures(
  proposal: Proposal,
  custodians: ReadonlyMap<string, Custodian>,
): readonly string[] {
  const reasons: string[] = [];
  const signedBy = (name: string, message: Uint8Array, signature: Uint8Array): boolean => {
    const custodian = custodians.get(name);
    if (custodian === undefined || custodian.retiredAt !== undefined) {
      reasons.push(`${name} is no custodian`);
      return false;
    }
    if (verifyCustodian(custodian.publicKey, message, signature)) return true;
    reasons.push(`the signature of ${name} is wrong`);
    return false;
  };
  signedBy(proposal.requestedBy, requestMessage(proposal), proposal.signature);
  const approvers = new Set(
    proposal.decisions
      .filter(({ decision, custodian }) => {
        return decision === 'approve' && custodian !== proposal.requestedBy;
      })
      .filter((given) =>
        signedBy(given.custodian, decisionMessage(proposal.sha256, given), given.signature),
      )
      .map(({ custodian }) => custodian),
  );
  if (approvers.size < proposal.needed) {
    reasons.push(`it has ${approvers.size} of ${proposal.needed} approvals`);
  }
  if (proposal.decisions.some(({ decision }) => decision === 'refuse')) {
    reasons.push('a custodian refused it');
  }
  return reasons;
}
