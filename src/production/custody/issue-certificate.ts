import { findDerDifference } from '../../standards/asn1/find-der-difference';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import {
  assembleCertificate,
  buildTbsCertificate,
  type CertificateTemplate,
} from '../../standards/pki/certificate-template';
import type { CertificateRole } from '../../standards/pki/lint/certificate-rule';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import { ProductionError } from '../errors';
import type { Hsm, RandomSource } from '../ports';
import { throwAwayKey } from '../signing/throw-away-key';
import type { SigningKey } from './make-signing-key';

/** What is issued, for what, and with whose key. */
export interface CertificateOrder {
  readonly template: CertificateTemplate;
  readonly role: CertificateRole;
  readonly issuer: SigningKey;
}

const SERIAL_BYTES = 16;

/** Where the signature stands in a certificate. */
const SIGNATURE_IN_CERTIFICATE = [2];

/**
 * Has the CSCA's key sign a certificate. A draft under a key that is thrown away is held against
 * the profile first, when nothing is signed yet; what was signed is held against it again, compared
 * with the draft byte by byte outside the signature, and verified before it is given out.
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` naming every rule that is not met,
 * `SIGNATURE_WRONG`, or what the HSM threw.
 */
export async function issueCertificate(order: CertificateOrder, hsm: Hsm): Promise<Certificate> {
  const { issuer, role } = order;
  const tbs = buildTbsCertificate(order.template);
  const throwAway = await throwAwayKey(issuer.algorithm);
  const draft = await signTbs(tbs, issuer, throwAway.signer);
  requireProfile(draft, role);
  requireSignature(draft, throwAway.publicKey, issuer);
  const certificate = await signTbs(tbs, issuer, hsm);
  requireProfile(certificate, role);
  requireSignature(certificate, issuer.publicKey, issuer);
  const difference = findDerDifference(draft.raw, certificate.raw, SIGNATURE_IN_CERTIFICATE);
  if (difference !== undefined) {
    const reason = `the certificate is not the draft at ${difference}`;
    throw new ProductionError('SIGNATURE_WRONG', `key ${issuer.keyLabel}`, [reason]);
  }
  return certificate;
}

async function signTbs(
  tbs: Uint8Array,
  { keyLabel, algorithm }: SigningKey,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Certificate> {
  const message = { label: keyLabel, purpose: 'csca-sign', algorithm, message: tbs } as const;
  const signature = await hsm.sign(message);
  const { signature: identifier } = parseSignatureAlgorithmName(algorithm);
  return parseCertificate(assembleCertificate(tbs, identifier, signature));
}

function requireSignature(
  certificate: Certificate,
  publicKey: Uint8Array,
  { keyLabel }: SigningKey,
): void {
  const verdict = verifyCertificateSignature(certificate, publicKey);
  if (!verdict.valid) {
    throw new ProductionError('SIGNATURE_WRONG', `key ${keyLabel}`, [verdict.reason]);
  }
}

/**
 * A random serial number of 16 bytes, positive and never short: two of one CSCA do not meet
 * [9303-12 §7.1].
 */
export function drawSerialNumber(random: RandomSource): Uint8Array {
  const serialNumber = random.bytes(SERIAL_BYTES);
  const [first = 0] = serialNumber;
  return Uint8Array.of((first & 0x3f) | 0x40, ...serialNumber.subarray(1));
}

/** What Doc 9303 merely advises is demanded of our own certificates as well. */
function requireProfile(certificate: Certificate, role: CertificateRole): void {
  const findings = lintCertificate(certificate, role);
  if (findings.length === 0) return;
  const reasons = findings.map(({ rule }) => `${rule.id}: it ${rule.fault.en} [${rule.clause}]`);
  throw new ProductionError('CERTIFICATE_FAULTY', `${role} certificate`, reasons);
}
