import type { Approval, ProposalSubject } from './four-eyes';

/** A certificate that is no CSCA's and no document signer's. */
export interface IssuedCertificate {
  readonly kind: 'issue-list-signer' | 'issue-cv-certificate';
  readonly keyLabel: string;
  /** As it was signed. */
  readonly certificate: Uint8Array;
  /** Member by member as it was approved. */
  readonly subject: ProposalSubject['subject'];
  readonly issuedAt: Date;
}

/** Everything can throw `DATABASE_UNAVAILABLE`; additions `FOUR_EYES_REFUSED`. */
export interface CertificateStore {
  addCertificate(issued: IssuedCertificate, approval?: Approval): Promise<void>;
  /** The oldest first. */
  listCertificates(): Promise<readonly IssuedCertificate[]>;
}
