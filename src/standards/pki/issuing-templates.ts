import { equalBytes } from '../bytes/compare';
import type { SignatureAlgorithm } from '../crypto/signature-algorithms';
import {
  buildAltName,
  buildAuthorityKeyIdentifier,
  buildCrlDistributionPoints,
  buildCscaConstraints,
  buildDocumentTypeList,
  buildExtKeyUsage,
  buildKeyUsage,
  buildNameChange,
  buildPrivateKeyUsagePeriod,
  buildSubjectKeyIdentifier,
  deriveKeyIdentifier,
  type IssuerContact,
} from './build-extensions';
import type { CertificateTemplate, Period } from './certificate-template';
import type { Certificate } from './certificate';
import { encodeName, type NameAttribute } from './distinguished-name';
import { LIST_SIGNER_PURPOSES } from './extension-oids';

/** What every certificate of a CSCA needs to be told. */
interface IssuingRequest {
  /** Unsigned bytes, never used before by this CSCA. */
  readonly serialNumber: Uint8Array;
  readonly signature: SignatureAlgorithm;
  readonly subject: readonly NameAttribute[];
  readonly validity: Period;
  /** Period in which the private key signs. */
  readonly keyUse: Period;
  /** DER SubjectPublicKeyInfo, EC with explicit parameters. */
  readonly publicKey: Uint8Array;
  /** Addresses of the list of revoked certificates. */
  readonly crlUris: readonly string[];
}

export interface CscaRootRequest extends IssuingRequest {
  readonly contact: IssuerContact;
}

export interface DocumentSignerRequest extends IssuingRequest {
  readonly csca: Certificate;
  readonly contact: IssuerContact;
  /** Document codes that it may sign, one or two letters each. */
  readonly documentTypes: readonly string[];
}

/** A self-signed CSCA root [9303-12 §7.1 table 5]. */
export function buildCscaRootTemplate(request: CscaRootRequest): CertificateTemplate {
  const name = encodeName(request.subject);
  const keyIdentifier = deriveKeyIdentifier(request.publicKey);
  return {
    ...bodyOf(request, name),
    issuer: name,
    extensions: [
      buildAuthorityKeyIdentifier(keyIdentifier),
      buildSubjectKeyIdentifier(keyIdentifier),
      buildKeyUsage('keyCertSign', 'cRLSign'),
      buildPrivateKeyUsagePeriod(request.keyUse),
      buildAltName('subjectAltName', request.contact),
      buildAltName('issuerAltName', request.contact),
      buildCscaConstraints(),
      buildCrlDistributionPoints(request.crlUris),
    ],
  };
}

export interface CscaLinkRequest extends Omit<IssuingRequest, 'subject'> {
  /** The CSCA whose key signs: the one before. */
  readonly previous: Certificate;
  /** The CSCA that follows, whose key is certified. */
  readonly next: Certificate;
  readonly contact: IssuerContact;
}

/**
 * A link certificate: the old CSCA key certifies the new one, so that who trusts the old root can
 * go on to the new. The change of a name is marked [9303-12 §7.1 table 5, §7.1.1.5].
 */
export function buildCscaLinkTemplate(request: CscaLinkRequest): CertificateTemplate {
  const { previous, next, contact } = request;
  const isRenamed = !equalBytes(previous.subject.raw, next.subject.raw);
  return {
    ...bodyOf(request, next.subject.raw),
    issuer: previous.subject.raw,
    extensions: [
      buildAuthorityKeyIdentifier(deriveKeyIdentifier(previous.publicKey)),
      buildSubjectKeyIdentifier(deriveKeyIdentifier(next.publicKey)),
      buildKeyUsage('keyCertSign', 'cRLSign'),
      buildPrivateKeyUsagePeriod(request.keyUse),
      buildAltName('subjectAltName', contact),
      buildAltName('issuerAltName', contact),
      buildCscaConstraints(),
      buildCrlDistributionPoints(request.crlUris),
      ...(isRenamed ? [buildNameChange()] : []),
    ],
  };
}

/** A document signer under a CSCA [9303-12 §7.1 table 5]. */
export function buildDocumentSignerTemplate(request: DocumentSignerRequest): CertificateTemplate {
  return {
    ...bodyOf(request, encodeName(request.subject)),
    issuer: request.csca.subject.raw,
    extensions: [
      buildAuthorityKeyIdentifier(deriveKeyIdentifier(request.csca.publicKey)),
      buildSubjectKeyIdentifier(deriveKeyIdentifier(request.publicKey)),
      buildKeyUsage('digitalSignature'),
      buildPrivateKeyUsagePeriod(request.keyUse),
      buildAltName('subjectAltName', request.contact),
      buildAltName('issuerAltName', request.contact),
      buildCrlDistributionPoints(request.crlUris),
      buildDocumentTypeList(request.documentTypes),
    ],
  };
}

export interface ListSignerRequest extends IssuingRequest {
  readonly csca: Certificate;
  readonly contact: IssuerContact;
  readonly purpose: keyof typeof LIST_SIGNER_PURPOSES;
}

/** A signer of master lists or deviation lists under a CSCA [9303-12 §7.1 table 5]. */
export function buildListSignerTemplate(request: ListSignerRequest): CertificateTemplate {
  return {
    ...bodyOf(request, encodeName(request.subject)),
    issuer: request.csca.subject.raw,
    extensions: [
      buildAuthorityKeyIdentifier(deriveKeyIdentifier(request.csca.publicKey)),
      buildSubjectKeyIdentifier(deriveKeyIdentifier(request.publicKey)),
      buildKeyUsage('digitalSignature'),
      buildPrivateKeyUsagePeriod(request.keyUse),
      buildAltName('subjectAltName', request.contact),
      buildAltName('issuerAltName', request.contact),
      buildCrlDistributionPoints(request.crlUris),
      buildExtKeyUsage(LIST_SIGNER_PURPOSES[request.purpose]),
    ],
  };
}

function bodyOf(
  request: Omit<IssuingRequest, 'subject'>,
  subject: Uint8Array,
): Omit<CertificateTemplate, 'issuer' | 'extensions'> {
  const { serialNumber, signature, validity, publicKey } = request;
  return { serialNumber, signature, subject, validity, publicKey };
}
