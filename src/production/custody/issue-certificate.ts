import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import {
  assembleCertificate,
  buildTbsCertificate,
  type CertificateTemplate,
} from '../../standards/pki/certificate-template';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import { ProductionError } from '../errors';
import type { Hsm, RandomSource } from '../ports';
import type { SigningKey } from './make-signing-key';

const SERIAL_BYTES = 16;

/**
 * Has the CSCA's key sign a certificate, and reads and verifies what came out before it is used.
 *
 * @throws ProductionError `SIGNATURE_WRONG`, or what the HSM threw.
 */
export async function issueCertificate(
  template: CertificateTemplate,
  issuer: SigningKey,
  hsm: Hsm,
): Promise<Certificate> {
  const tbs = buildTbsCertificate(template);
  const signature = await hsm.sign({
    label: issuer.keyLabel,
    purpose: 'csca-sign',
    algorithm: issuer.algorithm,
    message: tbs,
  });
  const { signature: algorithm } = parseSignatureAlgorithmName(issuer.algorithm);
  const certificate = parseCertificate(assembleCertificate(tbs, algorithm, signature));
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
