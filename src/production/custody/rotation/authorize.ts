import { MalformedError } from '../../../standards/bytes/malformed';
import type {
  Approval,
  FourEyesStore,
  Proposal,
  ProposalKind,
  ProposalSubject,
} from '../../document/custody/four-eyes';
import { ProductionError } from '../../errors';
import { requireApproval } from '../four-eyes/require-approval';

/** What may be done now, exactly as it was approved. */
export interface Authorization {
  readonly subject: ProposalSubject['subject'];
  /** Absent before custodians have founded, when development keys need nobody. */
  readonly approval?: Approval;
  /** Who asked and who approved, for the audit. */
  readonly reasons: readonly string[];
}

export interface Intention {
  readonly kind: ProposalKind;
  /** Used before the founding only; afterwards the proposal says it. */
  readonly subject: ProposalSubject['subject'];
  readonly proposalId?: number;
  readonly at: Date;
  readonly by: string;
}

/**
 * Whether something that takes several people may be done. Once custodians have founded, the
 * subject is the one of the proposal, byte for byte, and what a single person typed does not count.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED`.
 */
export async function authorize(
  store: FourEyesStore,
  intention: Intention,
): Promise<Authorization> {
  const { kind, proposalId, at, by } = intention;
  if ((await store.quorum()) === undefined) return { subject: intention.subject, reasons: [] };
  if (proposalId === undefined) {
    throw new ProductionError('FOUR_EYES_REFUSED', kind, ['no proposal was named']);
  }
  const found = await store.findProposal(proposalId);
  const subject = found === undefined ? {} : parseSubject(found);
  const proposal = await requireApproval(store, { kind, subject, proposalId, at });
  const approvers = proposal.decisions.map(
    ({ custodian, decidedAt }) => `${custodian} at ${decidedAt.toISOString()}`,
  );
  return {
    subject,
    approval: { proposalId, at, by },
    reasons: [
      `proposal ${proposalId} by ${proposal.requestedBy} at ${proposal.requestedAt.toISOString()}`,
      `approved by ${approvers.join(', ')}`,
    ],
  };
}

function parseSubject({ subject, proposalId }: Proposal): ProposalSubject['subject'] {
  const json = JSON.parse(subject) as unknown;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new MalformedError(`proposal ${proposalId}`, 'its subject is no object');
  }
  return json as ProposalSubject['subject'];
}
