import { derBitString, derContext, derInteger, derSequence, derTime } from '../asn1/der';
import { encodeSignatureIdentifier, type SignatureAlgorithm } from '../crypto/signature-algorithms';
import { encodeExtension } from './build-extensions';
import type { CertificateExtension } from './extension-oids';

/** Everything in a certificate but its signature [RFC 5280 §4.1.2]. */
export interface CertificateTemplate {
  /** Unsigned big-endian bytes; positive and at most 20 bytes as written. */
  readonly serialNumber: Uint8Array;
  /** What the issuer signs with. */
  readonly signature: SignatureAlgorithm;
  /** DER of the issuer's name, byte for byte as in its own certificate. */
  readonly issuer: Uint8Array;
  /** DER of the subject's name. */
  readonly subject: Uint8Array;
  readonly validity: Period;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly CertificateExtension[];
}

/** Both bounds belong to the period; times of day are given to the second. */
export interface Period {
  readonly from: Date;
  readonly until: Date;
}

const MAX_SERIAL_BYTES = 20;

/**
 * DER of the TBSCertificate, version 3: the bytes that the issuer signs [9303-12 §7.1].
 *
 * @throws RangeError when the serial number is zero or longer than 20 bytes, or the period ends
 * before it begins.
 */
export function buildTbsCertificate(template: CertificateTemplate): Uint8Array {
  const serialNumber = derInteger(template.serialNumber);
  if (serialNumber.length - 2 > MAX_SERIAL_BYTES || !template.serialNumber.some(Boolean)) {
    throw new RangeError('a serial number is positive and at most 20 bytes');
  }
  const { from, until } = template.validity;
  if (until < from) throw new RangeError('the validity ends before it begins');
  return derSequence(
    derContext(0, derInteger(2)),
    serialNumber,
    encodeSignatureIdentifier(template.signature),
    template.issuer,
    derSequence(derTime(from), derTime(until)),
    template.subject,
    template.publicKey,
    derContext(3, derSequence(...template.extensions.map(encodeExtension))),
  );
}

/**
 * DER of the certificate from the signed bytes and the signature over them [RFC 5280 §4.1.1].
 *
 * @param signature as a SignerInfo carries it: DER for ECDSA, modulus length for RSA
 */
export function assembleCertificate(
  tbsCertificate: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return derSequence(tbsCertificate, encodeSignatureIdentifier(algorithm), derBitString(signature));
}
