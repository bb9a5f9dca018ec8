import {
  derChildren,
  type DerNode,
  expectTag,
  parseDer,
  readBitString,
  readOctetString,
  readOid,
  readSequence,
  readSmallInteger,
  readTime,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { MalformedError } from '../bytes/malformed';
import type { Period } from './certificate-template';
import { type DistinguishedName, parseName } from './distinguished-name';
import { type CertificateExtension } from './extension-oids';

/** An X.509 certificate as found, with the bytes that were signed [RFC 5280 §4.1]. */
export interface Certificate {
  /** The whole certificate. */
  readonly raw: Uint8Array;
  /** The TBSCertificate, which is what the signature covers. */
  readonly tbs: Uint8Array;
  /** 3 in every certificate of Doc 9303. */
  readonly version: number;
  /** Contents of the INTEGER exactly as found. */
  readonly serialNumber: Uint8Array;
  /** DER AlgorithmIdentifier inside the signed part. */
  readonly tbsSignatureIdentifier: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly validity: Period;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly CertificateExtension[];
  /** DER AlgorithmIdentifier beside the signature. */
  readonly signatureIdentifier: Uint8Array;
  readonly signature: Uint8Array;
}

const MAX_CERTIFICATE_BYTES = 65_535;

/**
 * Reads a certificate of any issuer: what Doc 9303 forbids is for the caller to judge, so that
 * a foreign certificate can be shown with its faults [RFC 5280 §4.1].
 *
 * @throws MalformedError
 */
export function parseCertificate(bytes: Uint8Array, place = 'certificate'): Certificate {
  if (bytes.length > MAX_CERTIFICATE_BYTES) throw new MalformedError(place, 'is too long');
  const node = parseDer(bytes, place);
  const [tbs, identifier, signature, ...rest] = readSequence(node, place);
  if (rest.length > 0) throw new MalformedError(place, 'has more than three members');
  return {
    raw: node.raw,
    ...parseTbs(expectTag(tbs, TAG.sequence, place), place),
    signatureIdentifier: expectTag(identifier, TAG.sequence, `${place}, algorithm`).raw,
    signature: readBitString(signature, `${place}, signature`),
  };
}

function parseTbs(
  tbs: DerNode,
  place: string,
): Omit<Certificate, 'raw' | 'signatureIdentifier' | 'signature'> {
  const members = derChildren(tbs);
  const hasVersion = members[0]?.tag === 0xa0;
  const [serial, algorithm, issuer, validity, subject, publicKey, ...optional] = hasVersion
    ? members.slice(1)
    : members;
  return {
    tbs: tbs.raw,
    version: hasVersion ? parseVersion(members[0], place) : 1,
    serialNumber: expectTag(serial, TAG.integer, `${place}, serial number`).value,
    tbsSignatureIdentifier: expectTag(algorithm, TAG.sequence, `${place}, algorithm`).raw,
    issuer: parseName(issuer, `${place}, issuer`),
    validity: parseValidity(validity, `${place}, validity`),
    subject: parseName(subject, `${place}, subject`),
    publicKey: expectTag(publicKey, TAG.sequence, `${place}, public key`).raw,
    extensions: parseExtensions(
      optional.find((member) => member.tag === 0xa3),
      place,
    ),
  };
}

function parseVersion(node: DerNode | undefined, place: string): number {
  const wrapped = expectTag(node, 0xa0, `${place}, version`);
  return readSmallInteger(derChildren(wrapped)[0], `${place}, version`) + 1;
}

function parseValidity(node: DerNode | undefined, place: string): Period {
  const [from, until] = readSequence(node, place);
  return { from: readTime(from, place), until: readTime(until, place) };
}

function parseExtensions(
  node: DerNode | undefined,
  place: string,
): readonly CertificateExtension[] {
  if (node === undefined) return [];
  return readSequence(derChildren(node)[0], `${place}, extensions`).map((member) => {
    const [identifier, second, third] = readSequence(member, `${place}, extension`);
    const oid = readOid(identifier, `${place}, extension`);
    const critical = second?.tag === TAG.boolean && second.value[0] !== 0;
    const value = readOctetString(
      second?.tag === TAG.boolean ? third : second,
      `${place}, extension ${oid}`,
    );
    return { oid, critical, value };
  });
}
