import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { type Certificate, parseCertificate } from '../../standards/pki/certificate';
import {
  assembleCertificate,
  buildTbsCertificate,
  type CertificateTemplate,
} from '../../standards/pki/certificate-template';
import type { CertificateRole } from '../../standards/pki/lint/certificate-rule';
import { describeFinding } from '../../standards/pki/lint/describe-finding';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import type { Hsm, RandomSource } from '../ports';
import type { SigningKey } from './make-signing-key';
import { signAfterDraft } from './sign-after-draft';

/** What is issued, for what, and with whose key. */
export interface CertificateOrder {
  readonly template: CertificateTemplate;
  readonly role: CertificateRole;
  readonly issuer: SigningKey;
}

const SERIAL_BYTES = 16;

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
  const signed = await signAfterDraft(
    {
      ...{ what: `${role} certificate`, key: issuer, faulty: 'CERTIFICATE_FAULTY' },
      sign: (signer) => signTbs(tbs, issuer, signer),
      faults: (der) => lintCertificate(parseCertificate(der), role).map(describeFinding),
      mismatch: (der, publicKey) => {
        const verdict = verifyCertificateSignature(parseCertificate(der), publicKey);
        return verdict.valid ? undefined : verdict.reason;
      },
      signatureAt: [2],
    },
    hsm,
  );
  return parseCertificate(signed);
}

async function signTbs(
  tbs: Uint8Array,
  { keyLabel, algorithm }: SigningKey,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  const message = { label: keyLabel, purpose: 'csca-sign', algorithm, message: tbs } as const;
  const signature = await hsm.sign(message);
  const { signature: identifier } = parseSignatureAlgorithmName(algorithm);
  return assembleCertificate(tbs, identifier, signature);
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
