import {
  derContextPrimitive,
  derInteger,
  derOctetString,
  derOid,
  derRetag,
  derSequence,
  derSetOf,
  derTime,
} from '../asn1/der';
import { TAG } from '../asn1/tags';
import { concatBytes } from '../bytes/concat';
import { digestBytes, type DigestName, encodeDigestIdentifier } from '../crypto/digest-algorithms';
import { encodeSignatureIdentifier, type SignatureAlgorithm } from '../crypto/signature-algorithms';
import { parseCertificate } from '../pki/certificate';
import { readSubjectKeyIdentifier } from '../pki/read-extensions';
import { encodeTlv, wrapTlv } from '../tlv/tlv';
import { CMS_OIDS } from './cms-oids';

/**
 * What does not change between the documents of one signer, encoded once. A line signs the same
 * frame around another content half a million times a day.
 */
export interface SignedDataFrame {
  /** Hash function of the content and of the signature. */
  readonly digest: DigestName;
  /** DER parts in the order of their place in the structure. */
  readonly contentTypeOid: Uint8Array;
  readonly contentTypeAttribute: Uint8Array;
  /** Version and digestAlgorithms of SignedData. */
  readonly head: Uint8Array;
  readonly certificates: Uint8Array;
  /** Version, signer identifier and digest algorithm of SignerInfo. */
  readonly signerHead: Uint8Array;
  readonly signatureIdentifier: Uint8Array;
}

export interface SignedDataFrameRequest {
  /** Type of the signed content as dotted decimal. */
  readonly contentType: string;
  readonly signature: SignatureAlgorithm;
  /** DER of the signer's certificate; it is embedded, and named byte for byte. */
  readonly certificate: Uint8Array;
  /** Further certificates that travel along, the CSCA of a list's signer. */
  readonly otherCertificates?: readonly Uint8Array[];
  /** issuerAndSerialNumber by default, which Doc 9303 prefers. */
  readonly signerId?: 'issuerAndSerialNumber' | 'subjectKeyIdentifier';
}

const SIGNED_ATTRIBUTES = 0xa0;
const SIGNED_DATA_OID = derOid(CMS_OIDS.signedData);
const MESSAGE_DIGEST_OID = derOid(CMS_OIDS.messageDigest);
const SIGNING_TIME_OID = derOid(CMS_OIDS.signingTime);

/**
 * Encodes the constant parts of a SignedData of version 3 with one signer and its certificate
 * [9303-10 §4.6.2.2, RFC 5652 §5.1].
 *
 * @throws MalformedError when the certificate cannot be read, RangeError when a key identifier is
 * wanted that it does not have.
 */
export function prepareSignedData(request: SignedDataFrameRequest): SignedDataFrame {
  const { digest } = request.signature;
  const digestIdentifier = encodeDigestIdentifier(digest);
  const contentTypeOid = derOid(request.contentType);
  return {
    digest,
    contentTypeOid,
    contentTypeAttribute: encodeAttribute(derOid(CMS_OIDS.contentType), contentTypeOid),
    head: concatBytes(derInteger(3), derSetOf(digestIdentifier)),
    certificates: derRetag(
      0xa0,
      derSetOf(request.certificate, ...(request.otherCertificates ?? [])),
    ),
    signerHead: concatBytes(encodeSignerId(request), digestIdentifier),
    signatureIdentifier: encodeSignatureIdentifier(request.signature),
  };
}

/**
 * The signed attributes as a DER SET: exactly the bytes that are signed [RFC 5652 §5.4].
 * Content type and message digest always, the signing time where one is given.
 */
export function encodeSignedAttributes(
  frame: SignedDataFrame,
  content: Uint8Array,
  signingTime?: Date,
): Uint8Array {
  const messageDigest = derOctetString(digestBytes(frame.digest, content));
  return derSetOf(
    frame.contentTypeAttribute,
    encodeAttribute(MESSAGE_DIGEST_OID, messageDigest),
    ...(signingTime === undefined ? [] : [encodeAttribute(SIGNING_TIME_OID, derTime(signingTime))]),
  );
}

export interface SignedDataParts {
  readonly content: Uint8Array;
  /** As `encodeSignedAttributes` gave them and as they were signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * DER of the ContentInfo around a SignedData, written from the inside out and copied once
 * [9303-10 §4.6.2.2, RFC 5652 §5.1, §5.3].
 */
export function assembleSignedData(frame: SignedDataFrame, parts: SignedDataParts): Uint8Array {
  const content = wrapTlv(0xa0, wrapTlv(TAG.octetString, [parts.content]));
  const signerInfo = wrapTlv(TAG.sequence, [
    frame.signerHead,
    derRetag(SIGNED_ATTRIBUTES, parts.signedAttributes),
    frame.signatureIdentifier,
    ...wrapTlv(TAG.octetString, [parts.signature]),
  ]);
  const signedData = wrapTlv(TAG.sequence, [
    frame.head,
    ...wrapTlv(TAG.sequence, [frame.contentTypeOid, ...content]),
    frame.certificates,
    ...wrapTlv(TAG.set, signerInfo),
  ]);
  return encodeTlv(TAG.sequence, SIGNED_DATA_OID, ...wrapTlv(0xa0, signedData));
}

/** Version and signer identifier; the version follows from the identifier [RFC 5652 §5.3]. */
function encodeSignerId(request: SignedDataFrameRequest): Uint8Array {
  const certificate = parseCertificate(request.certificate, 'signer certificate');
  if (request.signerId !== 'subjectKeyIdentifier') {
    const serialNumber = encodeTlv(TAG.integer, certificate.serialNumber);
    return concatBytes(derInteger(1), derSequence(certificate.issuer.raw, serialNumber));
  }
  const keyIdentifier = readSubjectKeyIdentifier(certificate);
  if (keyIdentifier === undefined) throw new RangeError('the certificate has no key identifier');
  return concatBytes(derInteger(3), derContextPrimitive(0, keyIdentifier));
}

function encodeAttribute(oid: Uint8Array, value: Uint8Array): Uint8Array {
  return derSequence(oid, derSetOf(value));
}
