import type { JournalEntry } from './ceremony-journal';

/**
 * Four eyes: what nobody may do alone. One custodian proposes it, others approve it by signatures
 * over the hash of exactly what is to be done; then it can be done once.
 */

/** Everything that needs approval; the subject of a proposal says the rest. */
export const PROPOSAL_KINDS = [
  'enroll-custodian',
  'retire-custodian',
  'hold-ceremony',
  'add-csca',
  'roll-over-csca',
  'add-signer',
  'import-signer',
  'cut-over',
  'retire-signer',
  'revoke-signer',
  'destroy-key',
  'import-card-key',
  'make-card-key',
  'destroy-card-key',
  'issue-list-signer',
  'issue-cv-certificate',
] as const;

export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** What is to be done, as it is hashed. */
export interface ProposalSubject {
  readonly kind: ProposalKind;
  /** Members are put into the order of their names, so that the same thing has one hash. */
  readonly subject: Readonly<Record<string, SubjectValue>>;
}

export type SubjectValue =
  string | number | boolean | readonly SubjectValue[] | { readonly [name: string]: SubjectValue };

export interface Custodian {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** DER SubjectPublicKeyInfo of an Ed25519 key. */
  readonly publicKey: Uint8Array;
  readonly enrolledAt: Date;
  readonly retiredAt?: Date;
}

export interface Proposal {
  readonly proposalId: number;
  readonly kind: ProposalKind;
  /** JSON with all that is to be done, byte for byte. */
  readonly subject: string;
  /** SHA-256 over kind, a line feed and the subject: what people compare and sign. */
  readonly sha256: Uint8Array;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** Approvals that it takes beside the request. */
  readonly needed: number;
  readonly signature: Uint8Array;
  readonly decisions: readonly ProposalDecision[];
  readonly end?: ProposalEnd;
}

export interface ProposalEnd {
  readonly ending: 'used' | 'refused' | 'expired';
  readonly endedAt: Date;
  readonly by: string;
}

export interface ProposalDecision {
  readonly custodian: string;
  readonly decision: 'approve' | 'refuse';
  readonly decidedAt: Date;
  readonly signature: Uint8Array;
}

export type NewProposal = Pick<
  Proposal,
  'kind' | 'subject' | 'sha256' | 'requestedBy' | 'requestedAt' | 'expiresAt' | 'signature'
> &
  /** As many as the quorum says, unless more are asked for. */
  Partial<Pick<Proposal, 'needed'>>;

/** A proposal that is carried out now; it ends with it, in the same transaction. */
export interface Approval {
  readonly proposalId: number;
  readonly at: Date;
  /** Who carries it out. */
  readonly by: string;
  /** Of a ceremony: which of its steps this is, and the entry of its journal that ends it. */
  readonly step?: { readonly index: number; readonly done?: JournalEntry };
}

/**
 * Custodians and their proposals. The database itself holds the rule and refuses with
 * `FOUR_EYES_REFUSED`; everything can throw `DATABASE_UNAVAILABLE`.
 */
export interface FourEyesStore {
  /** Before the founding without an approval, afterwards with one. */
  enrollCustodian(
    custodian: Pick<Custodian, 'name' | 'publicKey' | 'enrolledAt'>,
    approval?: Approval,
  ): Promise<void>;
  retireCustodian(name: string, approval: Approval): Promise<void>;
  /** Ends the founding: from now on everything takes so many approvals. */
  foundQuorum(needed: number, at: Date): Promise<void>;
  /** Approvals that a proposal takes; undefined before the founding. */
  quorum(): Promise<number | undefined>;
  listCustodians(): Promise<readonly Custodian[]>;
  propose(proposal: NewProposal): Promise<number>;
  decide(proposalId: number, decision: ProposalDecision): Promise<void>;
  findProposal(proposalId: number): Promise<Proposal | undefined>;
  /** The newest of this hash that has not ended. */
  findOpenProposal(sha256: Uint8Array): Promise<Proposal | undefined>;
  /** Those that have not ended, the oldest first; those past their time end now. */
  listOpenProposals(now: Date): Promise<readonly Proposal[]>;
}
