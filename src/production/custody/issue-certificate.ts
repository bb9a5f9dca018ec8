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
import type { SigningKey } from './make-signing-key';

/** What is issued, for what, and with whose key. */
export interface CertificateOrder {
  readonly template: CertificateTemplate;
  readonly role: CertificateRole;
  readonly issuer: SigningKey;
}

const SERIAL_BYTES = 16;

/**
 * Has the CSCA's key sign a certificate. It is held against the profile before, when nothing is
 * signed yet, and again after; the signature is verified before the certificate is given out.
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` naming every rule that is not met,
 * `SIGNATURE_WRONG`, or what the HSM threw.
 */
export async function issueCertificate(order: CertificateOrder, hsm: Hsm): Promise<Certificate> {
  const { issuer, role } = order;
  const tbs = buildTbsCertificate(order.template);
  const { signature: algorithm } = parseSignatureAlgorithmName(issuer.algorithm);
  // Rules look at everything but the signature: one byte in its place spends no key on a draft.
  requireProfile(parseCertificate(assembleCertificate(tbs, algorithm, Uint8Array.of(0))), role);
  const signature = await hsm.sign({
    label: issuer.keyLabel,
    purpose: 'csca-sign',
    algorithm: issuer.algorithm,
    message: tbs,
  });
  const certificate = parseCertificate(assembleCertificate(tbs, algorithm, signature));
  requireProfile(certificate, role);
  const verdict = verifyCertificateSignature(certificate, issuer.publicKey);
  if (!verdict.valid) {
    throw new ProductionError('SIGNATURE_WRONG', `key ${issuer.keyLabel}`, [verdict.reason]);
  }
  return certificate;
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
