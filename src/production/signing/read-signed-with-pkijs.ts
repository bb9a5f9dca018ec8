import {
  constants,
  createHash,
  createPublicKey,
  verify,
  type VerifyKeyObjectInput,
} from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  type AlgorithmIdentifier,
  type Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  RSASSAPSSParams,
  SignedData,
  type SignerInfo,
} from 'pkijs';

/**
 * A second reading of what was just signed, by other people's code: pkijs and asn1js take the
 * SignedData apart and OpenSSL verifies. Nothing of `src/standards/` is used here, so that a fault
 * in our own encoders cannot hide itself.
 */

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const RSASSA_PSS = '1.2.840.113549.1.1.10';

/** Names of node:crypto by the identifiers of hash functions. */
export const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const SIGNATURE_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

/** What a SignedData is to be. */
export interface ExpectedSignedData {
  /** Type of the content as dotted decimal. */
  readonly contentType: string;
  /** DER of the only certificate inside, which the signer identifier must name. */
  readonly certificate: Uint8Array;
  /** DER of the public key that signed a draft in place of the signer's. */
  readonly draftKey?: Uint8Array | undefined;
}

/** A SignedData read by pkijs: its content, and what is wrong with the rest. */
export interface ForeignReading {
  readonly content: Uint8Array;
  readonly faults: readonly string[];
}

/**
 * Reads a ContentInfo with a SignedData of one signer and judges everything but its content.
 *
 * @param file for the words, `EF.SOD`
 * @throws Error when it cannot be read
 */
export function readSignedWithPkijs(
  file: string,
  contentInfo: asn1js.AsnType | undefined,
  expected: ExpectedSignedData,
): ForeignReading {
  const signedData = readSignedData(contentInfo);
  const [signerInfo, ...otherSigners] = signedData.signerInfos;
  const [certificate, ...otherCertificates] = signedData.certificates ?? [];
  const { eContent: octets, eContentType } = signedData.encapContentInfo;
  if (!signerInfo || !certificate || !octets || !('tbsView' in certificate)) {
    throw new Error(`${file} lacks its signer, its certificate or its content`);
  }
  const { contentType, draftKey } = expected;
  const content = new Uint8Array(octets.getValue());
  const faults: readonly (readonly [string, boolean])[] = [
    ['there is more than one signer', otherSigners.length > 0],
    ['there is more than one certificate', otherCertificates.length > 0],
    ['the content is no security object', eContentType !== contentType],
    ["the certificate is not the signer's", !isSame(derOf(certificate), expected.certificate)],
    ['the signer identifier names another certificate', !names(signerInfo, certificate)],
    ['the content type attribute is wrong', !hasContentType(signerInfo, contentType)],
    ['the message digest is not the hash of the content', !hasMessageDigest(signerInfo, content)],
    ['the signature does not verify', !verifies(signerInfo, draftKey ?? keyOf(certificate))],
  ];
  return { content, faults: faults.filter(([, wrong]) => wrong).map(([words]) => words) };
}

function readSignedData(node: asn1js.AsnType | undefined): SignedData {
  const contentInfo = new ContentInfo({ schema: node });
  if (contentInfo.contentType !== SIGNED_DATA) throw new Error('it is no SignedData');
  return new SignedData({ schema: contentInfo.content });
}

function names(signerInfo: SignerInfo, certificate: Certificate): boolean {
  const sid: unknown = signerInfo.sid;
  return (
    sid instanceof IssuerAndSerialNumber &&
    sid.issuer.isEqual(certificate.issuer) &&
    sid.serialNumber.isEqual(certificate.serialNumber)
  );
}

function hasContentType(signerInfo: SignerInfo, expected: string): boolean {
  const value = attributeOf(signerInfo, CONTENT_TYPE);
  return value instanceof asn1js.ObjectIdentifier && oidOf(value) === expected;
}

function hasMessageDigest(signerInfo: SignerInfo, content: Uint8Array): boolean {
  const hash = HASHES[signerInfo.digestAlgorithm.algorithmId];
  const value = attributeOf(signerInfo, MESSAGE_DIGEST);
  if (hash === undefined || value === undefined) return false;
  return isSame(octetsOf(value), createHash(hash).update(content).digest());
}

function attributeOf(signerInfo: SignerInfo, type: string): asn1js.AsnType | undefined {
  const attributes = signerInfo.signedAttrs?.attributes.filter((one) => one.type === type) ?? [];
  const values = attributes.flatMap((one) => one.values as asn1js.AsnType[]);
  return values.length === 1 ? values[0] : undefined;
}

function verifies(signerInfo: SignerInfo, publicKey: Uint8Array): boolean {
  const { signatureAlgorithm, signature, signedAttrs } = signerInfo;
  const scheme = schemeOf(signatureAlgorithm);
  if (scheme === undefined || signedAttrs === undefined) return false;
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const message = new Uint8Array(signedAttrs.encodedValue);
  return verify(scheme.hash, message, { key, ...scheme.padding }, octetsOf(signature));
}

function schemeOf(
  algorithm: AlgorithmIdentifier,
): { hash: string; padding: Omit<VerifyKeyObjectInput, 'key'> } | undefined {
  if (algorithm.algorithmId !== RSASSA_PSS) {
    const hash = SIGNATURE_HASHES[algorithm.algorithmId];
    return hash === undefined ? undefined : { hash, padding: {} };
  }
  const parameters = new RSASSAPSSParams({ schema: algorithm.algorithmParams as unknown });
  const hash = HASHES[parameters.hashAlgorithm.algorithmId];
  if (hash === undefined) return undefined;
  const { saltLength } = parameters;
  return { hash, padding: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
}

function keyOf(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.subjectPublicKeyInfo.toSchema().toBER());
}

/** The members of a SEQUENCE. @throws Error */
export function membersOf(node: asn1js.AsnType | undefined): asn1js.AsnType[] {
  if (!(node instanceof asn1js.Sequence)) throw new Error('a SEQUENCE is missing');
  return node.valueBlock.value;
}

/** An object identifier as dotted decimal. @throws Error */
export function oidOf(node: asn1js.AsnType | undefined): string {
  if (!(node instanceof asn1js.ObjectIdentifier)) throw new Error('an identifier is missing');
  return node.valueBlock.toString();
}

/** The contents of an OCTET STRING. @throws Error */
export function octetsOf(node: asn1js.AsnType | undefined): Uint8Array {
  if (!(node instanceof asn1js.OctetString)) throw new Error('an OCTET STRING is missing');
  return new Uint8Array(node.getValue());
}

function derOf(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** Whether two values are the same bytes. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
