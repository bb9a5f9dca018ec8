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
import { dataGroupNumber, type LdsFiles } from '../document/lds-files';
import type { DocumentSigner } from '../document/signed-document';

/**
 * A second reading of what was just signed, by other people's code: pkijs and asn1js take EF.SOD
 * apart and OpenSSL verifies. Nothing of `src/standards/` is used here, so that a fault in our own
 * encoders cannot hide itself.
 */

const SECURITY_OBJECT = '2.23.136.1.1.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const RSASSA_PSS = '1.2.840.113549.1.1.10';

const HASHES: Readonly<Record<string, string>> = {
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

/**
 * What is wrong with EF.SOD over these files; empty when it may be used [9303-11 §5.1].
 *
 * @param draftKey DER of the public key that signed a draft in place of the signer's
 */
export function findSodFaults(
  files: LdsFiles,
  signer: DocumentSigner,
  draftKey?: Uint8Array,
): readonly string[] {
  try {
    return listFaults(files, signer, draftKey);
  } catch (error) {
    return [`EF.SOD cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`];
  }
}

function listFaults(
  files: LdsFiles,
  signer: DocumentSigner,
  draftKey: Uint8Array | undefined,
): readonly string[] {
  const signedData = readSignedData(files.get('EF.SOD') ?? new Uint8Array());
  const [signerInfo, ...otherSigners] = signedData.signerInfos;
  const [certificate, ...otherCertificates] = signedData.certificates ?? [];
  const octets = signedData.encapContentInfo.eContent;
  if (!signerInfo || !certificate || !octets || !('tbsView' in certificate)) {
    return ['EF.SOD lacks its signer, its certificate or its content'];
  }
  const content = octets.getValue();
  const faults: readonly (readonly [string, boolean])[] = [
    ['there is more than one signer', otherSigners.length > 0],
    ['there is more than one certificate', otherCertificates.length > 0],
    [
      'the content is no security object',
      signedData.encapContentInfo.eContentType !== SECURITY_OBJECT,
    ],
    ["the certificate is not the signer's", !isSame(derOf(certificate), signer.certificate)],
    ['the signer identifier names another certificate', !names(signerInfo, certificate)],
    ['the content type attribute is wrong', !hasContentType(signerInfo)],
    ['the message digest is not the hash of the content', !hasMessageDigest(signerInfo, content)],
    ['the signature does not verify', !verifies(signerInfo, draftKey ?? keyOf(certificate))],
  ];
  return [
    ...faults.filter(([, wrong]) => wrong).map(([words]) => words),
    ...findHashFaults(new Uint8Array(content), files),
  ];
}

function readSignedData(sod: Uint8Array): SignedData {
  const outer = asn1js.fromBER(sod);
  // 77 is APPLICATION 23, constructed, and holds nothing but the ContentInfo.
  if (sod[0] !== 0x77 || outer.offset !== sod.length) throw new Error('tag 77 is not the whole');
  if (!(outer.result instanceof asn1js.Constructed)) throw new Error('tag 77 holds nothing');
  const [inner] = outer.result.valueBlock.value;
  const contentInfo = new ContentInfo({ schema: inner });
  if (contentInfo.contentType !== SIGNED_DATA) throw new Error('it is no SignedData');
  return new SignedData({ schema: contentInfo.content });
}

/** Compares the hashes in the security object with the files, in both directions. */
function findHashFaults(content: Uint8Array, files: LdsFiles): readonly string[] {
  const members = membersOf(asn1js.fromBER(content).result);
  const hash = HASHES[oidOf(membersOf(members[1])[0])];
  if (hash === undefined) return ['the hash function is not allowed'];
  const signed = new Map(
    membersOf(members[2]).map((entry) => {
      const [number, value] = membersOf(entry);
      return [(number as asn1js.Integer).valueBlock.valueDec, octetsOf(value)] as const;
    }),
  );
  const faults: string[] = [];
  for (const [name, bytes] of files) {
    const group = dataGroupNumber(name);
    if (group === undefined) continue;
    const found = signed.get(group);
    signed.delete(group);
    if (found === undefined) faults.push(`${name} has no hash`);
    else if (!isSame(found, createHash(hash).update(bytes).digest())) {
      faults.push(`the hash of ${name} is wrong`);
    }
  }
  return [...faults, ...[...signed.keys()].map((group) => `there is a hash but no EF.DG${group}`)];
}

function names(signerInfo: SignerInfo, certificate: Certificate): boolean {
  const sid: unknown = signerInfo.sid;
  return (
    sid instanceof IssuerAndSerialNumber &&
    sid.issuer.isEqual(certificate.issuer) &&
    sid.serialNumber.isEqual(certificate.serialNumber)
  );
}

function hasContentType(signerInfo: SignerInfo): boolean {
  const value = attributeOf(signerInfo, CONTENT_TYPE);
  return value instanceof asn1js.ObjectIdentifier && oidOf(value) === SECURITY_OBJECT;
}

function hasMessageDigest(signerInfo: SignerInfo, content: ArrayBuffer): boolean {
  const hash = HASHES[signerInfo.digestAlgorithm.algorithmId];
  const value = attributeOf(signerInfo, MESSAGE_DIGEST);
  if (hash === undefined || value === undefined) return false;
  return isSame(octetsOf(value), createHash(hash).update(new Uint8Array(content)).digest());
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

function membersOf(node: asn1js.AsnType | undefined): asn1js.AsnType[] {
  if (!(node instanceof asn1js.Sequence)) throw new Error('a SEQUENCE is missing');
  return node.valueBlock.value;
}

function oidOf(node: asn1js.AsnType | undefined): string {
  if (!(node instanceof asn1js.ObjectIdentifier)) throw new Error('an identifier is missing');
  return node.valueBlock.toString();
}

function octetsOf(node: asn1js.AsnType | undefined): Uint8Array {
  if (!(node instanceof asn1js.OctetString)) throw new Error('an OCTET STRING is missing');
  return new Uint8Array(node.getValue());
}

function derOf(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema(true).toBER());
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
