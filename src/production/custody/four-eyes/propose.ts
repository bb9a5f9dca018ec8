import { encodeHex } from '../../../standards/bytes/hex';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import type {
  FourEyesStore,
  Proposal,
  ProposalDecision,
  ProposalSubject,
  SubjectValue,
} from '../../document/custody/four-eyes';
import type { PresentCustodian } from './custodian-key';

const DEFAULT_LIFE_HOURS = 72;
const HOUR_MS = 3_600_000;

/** Signs a request and files it; returns its number. */
export async function propose(
  store: FourEyesStore,
  custodian: PresentCustodian,
  order: ProposalSubject & {
    readonly at: Date;
    readonly lifeHours?: number;
    /** More approvals than the quorum asks for. */
    readonly needed?: number;
  },
): Promise<{ readonly proposalId: number; readonly sha256: Uint8Array }> {
  const subject = encodeSubject(order);
  const sha256 = hashSubject(order);
  const { kind, at } = order;
  const expiresAt = new Date(at.getTime() + (order.lifeHours ?? DEFAULT_LIFE_HOURS) * HOUR_MS);
  const message = requestMessage({
    sha256,
    requestedBy: custodian.name,
    requestedAt: at,
    expiresAt,
  });
  const proposalId = await store.propose({
    ...{ kind, subject, sha256, expiresAt },
    requestedBy: custodian.name,
    requestedAt: at,
    signature: custodian.sign(message),
    ...(order.needed !== undefined && { needed: order.needed }),
  });
  return { proposalId, sha256 };
}

/** Signs an approval or refusal and files it. */
export async function decide(
  store: FourEyesStore,
  custodian: PresentCustodian,
  choice: {
    readonly proposal: Proposal;
    readonly decision: ProposalDecision['decision'];
    readonly at: Date;
  },
): Promise<void> {
  const { proposal, decision, at } = choice;
  const given = { custodian: custodian.name, decision, decidedAt: at };
  const signature = custodian.sign(decisionMessage(proposal.sha256, given));
  await store.decide(proposal.proposalId, { ...given, signature });
}

/** One line of JSON, members in the order of their names. */
export function encodeSubject({ subject }: ProposalSubject): string {
  return JSON.stringify(sortMembers(subject));
}

function sortMembers(value: SubjectValue): SubjectValue {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(sortMembers);
  const members = Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, sortMembers(inner)]));
}

function isList(value: SubjectValue): value is readonly SubjectValue[] {
  return Array.isArray(value);
}

/** SHA-256 over the kind, a line feed and the subject. */
export function hashSubject(order: ProposalSubject): Uint8Array {
  return digestBytes('sha256', encodeUtf8(`${order.kind}\n${encodeSubject(order)}`));
}

export function requestMessage(
  request: Pick<Proposal, 'sha256' | 'requestedBy' | 'requestedAt' | 'expiresAt'>,
): Uint8Array {
  return encodeUtf8(
    [
      'persoline request 1',
      encodeHex(request.sha256),
      request.requestedBy,
      request.requestedAt.toISOString(),
      request.expiresAt.toISOString(),
    ].join('\n'),
  );
}

export function decisionMessage(
  sha256: Uint8Array,
  { custodian, decision, decidedAt }: Omit<ProposalDecision, 'signature'>,
): Uint8Array {
  return encodeUtf8(
    ['persoline decision 1', encodeHex(sha256), custodian, decision, decidedAt.toISOString()].join(
      '\n',
    ),
  );
}
