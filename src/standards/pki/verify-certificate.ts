import { parseDer } from '../asn1/read';
import { equalBytes } from '../bytes/compare';
import { MalformedError } from '../bytes/malformed';
import { importPublicKey, verifySignature } from '../crypto/sign-verify';
import { formatSignatureAlgorithm, parseSignatureIdentifier } from '../crypto/signature-algorithms';
import type { Certificate } from './certificate';

/** The answer to "is this signature right", with the reason where it is not. */
export type SignatureVerdict =
  | { readonly valid: true; readonly algorithm: string }
  | { readonly valid: false; readonly reason: string };

/**
 * Whether `certificate` was signed with the key of its issuer. Names, periods and key usages are
 * other questions [RFC 5280 §6.1.3 (a)(1)].
 *
 * @param issuerKey DER SubjectPublicKeyInfo, with named or explicit parameters
 */
export function verifyCertificateSignature(
  certificate: Pick<
    Certificate,
    'tbs' | 'signature' | 'signatureIdentifier' | 'tbsSignatureIdentifier'
  >,
  issuerKey: Uint8Array,
): SignatureVerdict {
  if (!equalBytes(certificate.signatureIdentifier, certificate.tbsSignatureIdentifier)) {
    return { valid: false, reason: 'the algorithms inside and outside the signed part differ' };
  }
  try {
    const place = 'certificate, signature algorithm';
    const algorithm = parseSignatureIdentifier(
      parseDer(certificate.signatureIdentifier, place),
      place,
    );
    const words = formatSignatureAlgorithm(algorithm);
    const valid = verifySignature({
      algorithm,
      publicKey: importPublicKey(issuerKey),
      message: certificate.tbs,
      signature: certificate.signature,
    });
    return valid
      ? { valid, algorithm: words }
      : { valid, reason: `the ${words} signature does not fit the issuer's key` };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return { valid: false, reason: error.message };
  }
}
