import { AccessError } from '../../../standards/access/access-error';
import {
  inspectionSystemAuthorization,
  roleOf,
  type CvRole,
  type ReadingRights,
} from '../../../standards/access/terminal-authentication/cv-authorization';
import {
  encodeCvCertificate,
  encodeCvCertificateBody,
  parseCvCertificate,
  type CvCertificate,
} from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  importCvCertificate,
  trustPointOf,
  type CvTrustState,
} from '../../../standards/access/terminal-authentication/cv-chain';
import { ProductionError } from '../../errors';
import type { Hsm } from '../../ports';
import { signWithCvKey, type CvKey } from './cv-key';

export interface CvCertificateOrder {
  readonly holder: Pick<CvKey, 'reference' | 'role' | 'publicKey'>;
  /**
   * Certificates from the CVCA down to the one whose key signs; empty for a CVCA that signs
   * itself. A CVCA under another is a link certificate.
   */
  readonly above: readonly CvCertificate[];
  /** Algorithm of the key that signs, by name. */
  readonly signingAlgorithm: string;
  readonly rights: ReadingRights;
  /** Days on which it is good, both included, in UTC. */
  readonly from: Date;
  readonly until: Date;
}

/** A certificate and its bytes, tag 7F21. */
export interface IssuedCvCertificate {
  readonly certificate: CvCertificate;
  readonly bytes: Uint8Array;
}

/**
 * Has the key above sign a card-verifiable certificate. Before it is given out it goes the way
 * that it will go in a chip that trusts the CVCA [9303-12 §7.2, 9303-11 §7.1.4].
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` when a chip would refuse it or it outlives the
 * certificate above, or of the HSM.
 */
export async function issueCvCertificate(
  order: CvCertificateOrder,
  hsm: Hsm,
): Promise<IssuedCvCertificate> {
  const { holder, above, rights } = order;
  const issuer = above.at(-1);
  const [effectiveDate, expirationDate] = [cvDate(order.from), cvDate(order.until)];
  requireDates({ role: holder.role, issuer, effectiveDate, expirationDate });
  const body = encodeCvCertificateBody({
    authorityReference: issuer?.holderReference ?? holder.reference,
    holderReference: holder.reference,
    publicKey: holder.publicKey,
    authorization: inspectionSystemAuthorization(holder.role, rights),
    ...{ effectiveDate, expirationDate },
  });
  const signer = {
    reference: issuer?.holderReference ?? holder.reference,
    role: issuer === undefined ? holder.role : roleOf(issuer.authorization),
    algorithm: order.signingAlgorithm,
  };
  const bytes = encodeCvCertificate(body, await signWithCvKey(signer, body, hsm));
  const certificate = parseCvCertificate(bytes);
  requireAccepted(certificate, above);
  return { certificate, bytes };
}

/** As a chip sees it that was made with the first certificate as its trust point. */
function requireAccepted(certificate: CvCertificate, above: readonly CvCertificate[]): void {
  const [root = certificate, ...between] = above;
  const begin: CvTrustState = {
    trustPoints: [trustPointOf(root)],
    currentDate: root.effectiveDate,
  };
  try {
    [...between, certificate].reduce(importCvCertificate, begin);
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    throw faulty(certificate.holderReference, error.message);
  }
}

function requireDates(period: {
  readonly role: CvRole;
  readonly issuer: CvCertificate | undefined;
  readonly effectiveDate: string;
  readonly expirationDate: string;
}): void {
  const { role, issuer, effectiveDate, expirationDate } = period;
  if (expirationDate < effectiveDate) throw faulty(role, 'it ends before it begins');
  if (issuer === undefined || role === 'cvca') return;
  if (expirationDate > issuer.expirationDate || effectiveDate < issuer.effectiveDate) {
    throw faulty(role, `it is good on days when ${issuer.holderReference} is not`);
  }
}

/** `YYMMDD` in UTC; certificates of terminals know this century alone [9303-12 §7.2.3.1.3]. */
function cvDate(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-');
  return `${year?.slice(2)}${month}${day}`;
}

function faulty(place: string, reason: string): ProductionError {
  return new ProductionError('CERTIFICATE_FAULTY', place, [reason]);
}
