import {
  derChildren,
  type DerNode,
  parseDer,
  readOctetString,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readText,
  readTime,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { decodeAscii } from '../bytes/text';
import type { Certificate } from './certificate';
import { type DistinguishedName, parseName } from './distinguished-name';
import {
  type CertificateExtension,
  EXTENSION_OIDS,
  type ExtensionName,
  KEY_USAGES,
  type KeyUsage,
} from './extension-oids';

/** The extension of this name, if the certificate has it [RFC 5280 §4.2]. */
export function findExtension(
  certificate: Pick<Certificate, 'extensions'>,
  name: ExtensionName,
): CertificateExtension | undefined {
  return certificate.extensions.find(({ oid }) => oid === EXTENSION_OIDS[name]);
}

/** The subject key identifier [RFC 5280 §4.2.1.2]. @throws MalformedError */
export function readSubjectKeyIdentifier(certificate: Certificate): Uint8Array | undefined {
  const node = extensionNode(certificate, 'subjectKeyIdentifier');
  return node && readOctetString(node, node.place);
}

/**
 * The key identifier of the issuer's key, where it is named by one, in a certificate or a
 * revocation list [RFC 5280 §4.2.1.1, §5.2.1].
 */
export function readAuthorityKeyIdentifier(
  certificate: Pick<Certificate, 'extensions'>,
): Uint8Array | undefined {
  const node = extensionNode(certificate, 'authorityKeyIdentifier');
  return node && readSequence(node, node.place).find((member) => member.tag === 0x80)?.value;
}

/** Uses of the key; undefined when the extension is absent [RFC 5280 §4.2.1.3]. */
export function readKeyUsage(certificate: Certificate): ReadonlySet<KeyUsage> | undefined {
  const node = extensionNode(certificate, 'keyUsage');
  if (node?.tag !== TAG.bitString) return undefined;
  const bits = node.value.subarray(1);
  return new Set(
    KEY_USAGES.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0),
  );
}

/** Bounds of the private key's use, either of which may be open [9303-12 §7.1]. */
export interface KeyUsePeriod {
  readonly from?: Date;
  readonly until?: Date;
}

/** The private key usage period [9303-12 §7.1]. @throws MalformedError */
export function readPrivateKeyUsagePeriod(certificate: Certificate): KeyUsePeriod | undefined {
  const node = extensionNode(certificate, 'privateKeyUsagePeriod');
  if (node === undefined) return undefined;
  const members = readSequence(node, node.place);
  const time = (tag: number): Date | undefined => {
    const member = members.find((candidate) => candidate.tag === tag);
    return member && readTime({ ...member, tag: TAG.generalizedTime }, node.place);
  };
  const from = time(0x80);
  const until = time(0x81);
  return { ...(from && { from }), ...(until && { until }) };
}

/** Whether the subject is a CA, and how many CAs may follow below it [RFC 5280 §4.2.1.9]. */
export interface BasicConstraints {
  readonly isCa: boolean;
  readonly pathLength?: number;
}

/** The basic constraints [RFC 5280 §4.2.1.9]. @throws MalformedError */
export function readBasicConstraints(certificate: Certificate): BasicConstraints | undefined {
  const node = extensionNode(certificate, 'basicConstraints');
  if (node === undefined) return undefined;
  const members = readSequence(node, node.place);
  const length = members.find((member) => member.tag === TAG.integer);
  return {
    isCa: members.some((member) => member.tag === TAG.boolean && member.value[0] !== 0),
    ...(length && { pathLength: readSmallInteger(length, node.place) }),
  };
}

/** Names of an alternative name, by kind [RFC 5280 §4.2.1.6]. */
export interface AltNames {
  readonly mails: readonly string[];
  readonly dnsNames: readonly string[];
  readonly uris: readonly string[];
  readonly directoryNames: readonly DistinguishedName[];
}

/** The subject's or issuer's alternative names [9303-12 §7.1.1.2]. @throws MalformedError */
export function readAltNames(
  certificate: Certificate,
  name: 'subjectAltName' | 'issuerAltName',
): AltNames | undefined {
  const node = extensionNode(certificate, name);
  if (node === undefined) return undefined;
  const members = readSequence(node, node.place);
  const texts = (tag: number): string[] =>
    members
      .filter((member) => member.tag === tag)
      .map((member) => decodeAscii(member.value, node.place));
  return {
    mails: texts(0x81),
    dnsNames: texts(0x82),
    uris: texts(0x86),
    directoryNames: members
      .filter((member) => member.tag === 0xa4)
      .map((member) => parseName(derChildren(member)[0], node.place)),
  };
}

/** Addresses of the lists of revoked certificates [9303-12 §7.1.1.4]. @throws MalformedError */
export function readCrlUris(certificate: Certificate): readonly string[] | undefined {
  const node = extensionNode(certificate, 'crlDistributionPoints');
  if (node === undefined) return undefined;
  const constructed = (parent: DerNode, tag: number): readonly DerNode[] =>
    derChildren(parent).filter((child) => child.tag === tag);
  return readSequence(node, node.place)
    .flatMap((point) => constructed(point, 0xa0))
    .flatMap((pointName) => constructed(pointName, 0xa0))
    .flatMap((fullName) => derChildren(fullName))
    .filter((name) => name.tag === 0x86)
    .map((name) => decodeAscii(name.value, node.place));
}

/** Document codes that a document signer may sign [9303-12 §7.1.1.6]. @throws MalformedError */
export function readDocumentTypes(certificate: Certificate): readonly string[] | undefined {
  const node = extensionNode(certificate, 'documentTypeList');
  if (node === undefined) return undefined;
  const [, types] = readSequence(node, node.place);
  return readSet(types, node.place).map((type) => readText(type, node.place));
}

/** Purposes of the extended key usage, as object identifiers [RFC 5280 §4.2.1.12]. */
export function readExtKeyUsage(certificate: Certificate): readonly string[] | undefined {
  const node = extensionNode(certificate, 'extKeyUsage');
  return node && readSequence(node, node.place).map((purpose) => readOid(purpose, node.place));
}

function extensionNode(
  certificate: Pick<Certificate, 'extensions'>,
  name: ExtensionName,
): DerNode | undefined {
  const found = findExtension(certificate, name);
  return found && parseDer(found.value, `certificate, ${name}`);
}
