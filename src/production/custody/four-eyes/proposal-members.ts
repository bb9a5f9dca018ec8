import type { ProposalKind, ProposalSubject } from '../../document/custody/four-eyes';
import { ProductionError } from '../../errors';

interface Members {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** Others are refused; true where nothing is said. */
  readonly closed?: false;
}

/**
 * What the subject of each kind of proposal says. The database has the same table and refuses what
 * does not keep to it; a test holds the two together.
 */
export const PROPOSAL_MEMBERS: Readonly<Record<ProposalKind, Members>> = {
  'enroll-custodian': { required: ['name', 'key'] },
  'retire-custodian': { required: ['name'] },
  'hold-ceremony': { required: ['ceremony', 'sha256', 'steps'] },
  'add-csca': { required: ['csca'] },
  'roll-over-csca': { required: [], optional: ['algorithm', 'commonName', 'from'] },
  'add-signer': {
    required: [],
    optional: ['algorithm', 'from', 'documentYears', 'maxSignatures', 'maxDays'],
  },
  'import-signer': {
    required: ['label', 'sha256', 'csca'],
    optional: ['maxSignatures', 'maxDays'],
  },
  'cut-over': { required: ['signer'] },
  'retire-signer': { required: ['signer'] },
  'revoke-signer': { required: ['signer'] },
  'destroy-key': { required: ['label', 'purpose'] },
  'import-card-key': { required: [], closed: false },
  'make-card-key': { required: [], closed: false },
  'destroy-card-key': { required: [], closed: false },
  'issue-list-signer': { required: ['kind', 'label', 'algorithm'] },
  'issue-cv-certificate': {
    required: ['name', 'role', 'rights', 'above', 'algorithm', 'from', 'days'],
  },
};

/**
 * Before somebody signs a request: it says all that its kind needs, and nothing that nobody reads.
 *
 * @throws ProductionError `USAGE` with everything that is wrong.
 */
export function requireMembers({ kind, subject }: ProposalSubject): void {
  const { required, optional = [], closed = true } = PROPOSAL_MEMBERS[kind];
  const known = [...required, ...optional];
  const reasons = [
    ...required.filter((name) => !(name in subject)).map((name) => `it lacks ${name}`),
    ...Object.keys(subject)
      .filter((name) => closed && !known.includes(name))
      .map((name) => `it has no member ${name}; it knows ${known.join(', ')}`),
  ];
  if (reasons.length > 0) throw new ProductionError('USAGE', kind, reasons);
}
