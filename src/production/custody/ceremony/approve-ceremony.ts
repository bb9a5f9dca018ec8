import { equalBytes } from '../../../standards/bytes/compare';
import { encodeHex } from '../../../standards/bytes/hex';
import type { CeremonyStore } from '../../document/custody/ceremony-store';
import type { FourEyesStore, Proposal } from '../../document/custody/four-eyes';
import type { TranscriptApproval } from '../../document/custody/transcript';
import { ProductionError } from '../../errors';
import type { Clock } from '../../ports';
import type { PresentCustodian } from '../four-eyes/custodian-key';
import { decide, decisionMessage, hashSubject, propose } from '../four-eyes/propose';
import { requireApproval } from '../four-eyes/require-approval';
import { ceremonySubject, type CeremonyFile } from './ceremony-file';
import { CEREMONY_TEXTS, type CeremonyText } from './ceremony-texts';

/** Who is in the room with an open key file. */
export interface PeopleInRoom {
  readonly requester?: PresentCustodian;
  readonly custodians: readonly PresentCustodian[];
}

/** A ceremony whose approvals stand. */
export interface OpenedCeremony {
  readonly proposalId: number;
  readonly approval: TranscriptApproval;
  /** It was opened by an earlier try. */
  readonly resumes: boolean;
}

export interface ApprovalTools {
  readonly fourEyes: FourEyesStore;
  readonly ceremonies: CeremonyStore;
  readonly clock: Clock;
  /** Who is at the keyboard. */
  readonly by: string;
  readonly tell: (text: CeremonyText) => void;
}

/**
 * Takes the request and the confirmations of those in the room beside those that were given before,
 * and opens the ceremony when they suffice. Opened before, it goes on under the same proposal.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED`.
 */
export async function approveCeremony(
  file: CeremonyFile,
  people: PeopleInRoom,
  tools: ApprovalTools,
): Promise<OpenedCeremony> {
  const { fourEyes, ceremonies } = tools;
  const opened = await ceremonies.findOpened(file.sha256);
  if (opened !== undefined) {
    return { ...describeApproval(file, await findProposal(fourEyes, opened)), resumes: true };
  }
  requireInFile(file, people);
  const proposal = await findOrRequest(file, people, tools);
  await collectDecisions(proposal, people, tools);
  const { proposalId } = proposal;
  const at = tools.clock.now();
  const approved = await requireApproval(fourEyes, { ...ceremonySubject(file), proposalId, at });
  await requireNamed(file, approved, fourEyes);
  const entry = {
    ...({ event: 'opened', at: at.toISOString(), rehearsal: false } as const),
    sha256: encodeHex(file.sha256),
  };
  await ceremonies.open({ sha256: file.sha256, entry }, { proposalId, at, by: tools.by });
  return { ...describeApproval(file, approved), resumes: false };
}

/** Signatures of those who rehearse; over another hash, so that they are worth nothing afterwards. */
export function rehearseApproval(
  file: CeremonyFile,
  people: PeopleInRoom,
  { clock, tell }: Pick<ApprovalTools, 'clock' | 'tell'>,
): TranscriptApproval {
  requireInFile(file, people);
  const { kind, subject } = ceremonySubject(file);
  const sha256 = hashSubject({ kind, subject: { ...subject, rehearsal: true } });
  const { requestedBy, needed, custodians } = file.plan.confirm;
  const at = clock.now();
  return {
    ...{ requestedBy, needed, sha256: encodeHex(sha256) },
    confirmations: people.custodians.map((custodian) => {
      const { name } = custodian;
      tell(CEREMONY_TEXTS.confirmed(name));
      const given = { custodian: name, decision: 'approve', decidedAt: at } as const;
      const signature = encodeHex(custodian.sign(decisionMessage(sha256, given)));
      const key = custodians.find((one) => one.name === name)?.key ?? '';
      return { custodian: name, key, at: at.toISOString(), signature };
    }),
  };
}

async function findOrRequest(
  file: CeremonyFile,
  { requester }: PeopleInRoom,
  { fourEyes, clock, tell }: ApprovalTools,
): Promise<Proposal> {
  const order = ceremonySubject(file);
  const at = clock.now();
  const found = await fourEyes.findOpenProposal(hashSubject(order));
  // One that has expired is open until somebody looks; the ceremony is requested anew.
  if (found !== undefined && at <= found.expiresAt) {
    tell(CEREMONY_TEXTS.requested(found.requestedBy, found.proposalId));
    return found;
  }
  const { requestedBy, needed } = file.plan.confirm;
  if (requester === undefined) {
    throw new ProductionError('FOUR_EYES_REFUSED', 'ceremony', [
      `${requestedBy} has not requested it`,
    ]);
  }
  const { proposalId } = await propose(fourEyes, requester, { ...order, at, needed });
  tell(CEREMONY_TEXTS.requested(requester.name, proposalId));
  return findProposal(fourEyes, proposalId);
}

async function collectDecisions(
  proposal: Proposal,
  { custodians }: PeopleInRoom,
  { fourEyes, clock, tell }: ApprovalTools,
): Promise<void> {
  const before = new Set(proposal.decisions.map(({ custodian }) => custodian));
  for (const custodian of custodians) {
    // Somebody who confirmed on an earlier try may come again.
    if (before.delete(custodian.name)) continue;
    await decide(fourEyes, custodian, { proposal, decision: 'approve', at: clock.now() });
    tell(CEREMONY_TEXTS.confirmed(custodian.name));
  }
}

/** Before anybody signs: those in the room are those of the reviewed file. */
function requireInFile({ plan }: CeremonyFile, { requester, custodians }: PeopleInRoom): void {
  const { requestedBy, custodians: listed } = plan.confirm;
  const reasons = custodians.flatMap(({ name, publicKey }, index) => {
    const one = listed.find((inFile) => inFile.name === name);
    if (one === undefined) return [`${name} is not among the custodians of this file`];
    if (one.key !== keyText(publicKey)) return [`the key of ${name} is not the one in this file`];
    const first = custodians.findIndex((other) => other.name === name) === index;
    return first ? [] : [`${name} has confirmed already`];
  });
  if (requester !== undefined && requester.name !== requestedBy) {
    reasons.push(`${requester.name} is not who requests it by this file, ${requestedBy}`);
  }
  if (reasons.length > 0) throw new ProductionError('FOUR_EYES_REFUSED', 'ceremony', reasons);
}

/** Requested and approved by those whom the file names, with the keys that it names. */
async function requireNamed(
  { plan }: CeremonyFile,
  { requestedBy, decisions }: Proposal,
  fourEyes: FourEyesStore,
): Promise<void> {
  const enrolled = await fourEyes.listCustodians();
  const named = decisions.filter(({ custodian, decision }) => {
    const listed = plan.confirm.custodians.find(({ name }) => name === custodian);
    const key = enrolled.find(({ name }) => name === custodian)?.publicKey;
    return decision === 'approve' && key !== undefined && listed?.key === keyText(key);
  });
  const { needed } = plan.confirm;
  const reasons = [
    ...(requestedBy === plan.confirm.requestedBy ? [] : [`${requestedBy} is not who requests it`]),
    ...(named.length >= needed ? [] : [`${named.length} of ${needed} confirmed`]),
  ];
  if (reasons.length > 0) throw new ProductionError('FOUR_EYES_REFUSED', 'ceremony', reasons);
}

function describeApproval(file: CeremonyFile, proposal: Proposal) {
  const { proposalId, requestedBy, needed, sha256, decisions, signature } = proposal;
  if (!equalBytes(sha256, hashSubject(ceremonySubject(file)))) {
    throw new ProductionError('CEREMONY_INVALID', 'ceremony', ['another file was approved']);
  }
  const approval = {
    ...{ requestedBy, needed, sha256: encodeHex(sha256) },
    request: {
      ...{ at: proposal.requestedAt.toISOString(), until: proposal.expiresAt.toISOString() },
      signature: encodeHex(signature),
    },
    confirmations: decisions
      .filter(({ decision }) => decision === 'approve')
      .map((one) => ({
        ...{ custodian: one.custodian, at: one.decidedAt.toISOString() },
        key: file.plan.confirm.custodians.find(({ name }) => name === one.custodian)?.key ?? '',
        signature: encodeHex(one.signature),
      })),
  };
  return { proposalId, approval };
}

async function findProposal(fourEyes: FourEyesStore, proposalId: number): Promise<Proposal> {
  const found = await fourEyes.findProposal(proposalId);
  if (found !== undefined) return found;
  throw new ProductionError('FOUR_EYES_REFUSED', `proposal ${proposalId}`, ['it is gone']);
}

/** As `custodian list` prints it. */
function keyText(publicKey: Uint8Array): string {
  return encodeHex(publicKey.subarray(-32));
}
