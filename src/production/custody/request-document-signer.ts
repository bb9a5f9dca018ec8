import { equalBytes } from '../../standards/bytes/compare';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../standards/pki/certificate';
import { assembleRequest, buildRequestInfo } from '../../standards/pki/certificate-request';
import type { NameAttribute } from '../../standards/pki/distinguished-name';
import { describeFinding } from '../../standards/pki/lint/describe-finding';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import { isSamePublicKey } from '../../standards/pki/same-public-key';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import type { SignerKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';
import { readDocumentSigner } from '../signing/read-document-signer';
import { makeSigningKey } from './make-signing-key';

export interface SignerRequestOrder {
  readonly keyLabel: string;
  readonly algorithm: string;
  readonly subject: readonly NameAttribute[];
}

/**
 * Makes a document signer's key and the PKCS #10 request for its certificate, for a CSCA that is
 * elsewhere. The key signs the request and so proves that it is there [PKCS10 §4].
 *
 * @returns DER of the request
 * @throws ProductionError of the HSM.
 */
export async function requestDocumentSigner(
  { keyLabel: label, algorithm, subject }: SignerRequestOrder,
  hsm: Hsm,
): Promise<Uint8Array> {
  const purpose = 'document-sign';
  const { publicKey } = await makeSigningKey({ label, purpose, algorithm }, hsm);
  const info = buildRequestInfo({ subject, publicKey });
  const signature = await hsm.sign({ label, purpose, algorithm, message: info });
  return assembleRequest(info, parseSignatureAlgorithmName(algorithm).signature, signature);
}

export interface IssuedElsewhere {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** DER of what the CSCA issued. */
  readonly certificate: Uint8Array;
  /** DER of the CSCA's own certificate, got from it by a way that is trusted. */
  readonly csca: Uint8Array;
}

/**
 * The certificate that a CSCA elsewhere issued for a key of ours, when everything fits: the key is
 * that of the HSM, the CSCA signed it, names and periods meet, and it keeps the profile.
 *
 * @throws ProductionError `HSM_KEY_MISSING`, or `CERTIFICATE_FAULTY` with everything that does not
 * fit; MalformedError.
 */
export async function importDocumentSigner(issued: IssuedElsewhere, hsm: Hsm): Promise<SignerKey> {
  const { keyLabel, algorithm } = issued;
  const key = await hsm.findKey(keyLabel);
  if (key?.publicKey === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${keyLabel}`);
  const certificate = parseCertificate(issued.certificate, 'document signer certificate');
  const csca = parseCertificate(issued.csca, 'CSCA certificate');
  const signed = verifyCertificateSignature(certificate, csca.publicKey);
  const isOwnCsca = verifyCertificateSignature(csca, csca.publicKey).valid;
  const { from, until } = certificate.validity;
  const reasons = [
    ...(key.purpose === 'document-sign' ? [] : [`the key is for ${key.purpose}`]),
    ...(isSamePublicKey(certificate.publicKey, key.publicKey) ? [] : ['it certifies another key']),
    ...(signed.valid ? [] : [`the CSCA did not sign it: ${signed.reason}`]),
    ...(isOwnCsca ? [] : ['the certificate of the CSCA is not signed by itself']),
    ...(equalBytes(certificate.issuer.raw, csca.subject.raw)
      ? []
      : ['it names another issuer than this CSCA']),
    ...(from >= csca.validity.from && until <= csca.validity.until
      ? []
      : ['it is valid at times when its CSCA is not']),
    ...lintCertificate(certificate, 'dsc').map(describeFinding),
  ];
  if (reasons.length > 0) {
    throw new ProductionError('CERTIFICATE_FAULTY', 'document signer certificate', reasons);
  }
  const signer = { keyLabel, algorithm, certificate: certificate.raw, csca: csca.raw };
  readDocumentSigner(signer);
  return signer;
}
