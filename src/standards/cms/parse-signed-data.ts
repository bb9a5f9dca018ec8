import { type BerDeviation, transcodeBerToDer } from '../asn1/ber-to-der';
import {
  derChildren,
  type DerNode,
  expectTag,
  parseDer,
  readOctetString,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { compareBytes } from '../bytes/compare';
import { MalformedError } from '../bytes/malformed';
import { CMS_OIDS } from './cms-oids';

/** A SignedData as found [RFC 5652 §5.1]. */
export interface SignedData {
  readonly version: number;
  /** DER AlgorithmIdentifier of every entry of digestAlgorithms. */
  readonly digestIdentifiers: readonly Uint8Array[];
  readonly contentType: string;
  /** The signed content; undefined when it is detached. */
  readonly content: Uint8Array | undefined;
  /** DER of every embedded certificate; none in some security objects of version 0. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  /** What departs from DER or from Doc 9303 and did not stop the reading. */
  readonly issues: readonly SignedDataIssue[];
  /** How the encoding departs from DER, where it does. */
  readonly deviations: readonly BerDeviation[];
}

export type SignedDataIssue = keyof typeof SIGNED_DATA_ISSUES;

/** Departures that a reader accepts and an issuer must not make, in words. */
export const SIGNED_DATA_ISSUES = {
  'version-not-3': 'the version of SignedData is not 3 [9303-10 §4.6.2.2]',
  'not-der': 'the encoding departs from DER [9303-10 §4.6.2.2]',
  'trailing-bytes': 'bytes follow after the end [9303-10 §4.6.2.2]',
  'crls-present': 'revocation lists are embedded [9303-10 §4.6.2.2]',
  'several-signers': 'there is more than one signer [9303-10 §4.6.2.2]',
  'signer-version': 'the version of SignerInfo does not fit its identifier [RFC 5652 §5.3]',
  'attributes-absent': 'signed attributes are absent [9303-10 §4.6.2.2]',
  'attributes-unordered': 'signed attributes are not in DER order [RFC 5652 §5.3]',
  'unsigned-attributes': 'unsigned attributes are present [9303-10 §4.6.2.2]',
  'digest-null': 'a digest identifier carries NULL parameters [9303-10 §4.6.2.3]',
} as const;

export interface SignerInfo {
  readonly version: number;
  readonly signerId: SignerId;
  /** DER AlgorithmIdentifier. */
  readonly digestIdentifier: Uint8Array;
  /** The attributes as found under their [0]; undefined when there are none. */
  readonly signedAttributes: SignedAttributes | undefined;
  /** DER AlgorithmIdentifier. */
  readonly signatureIdentifier: Uint8Array;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly CmsAttribute[];
}

export type SignerId =
  | {
      readonly type: 'issuerAndSerialNumber';
      /** DER Name, as found. */
      readonly issuer: Uint8Array;
      /** Contents of the INTEGER, as found. */
      readonly serialNumber: Uint8Array;
    }
  | { readonly type: 'subjectKeyIdentifier'; readonly keyIdentifier: Uint8Array };

export interface SignedAttributes {
  /** Identifier, length and contents with the tag A0 as found. */
  readonly raw: Uint8Array;
  readonly attributes: readonly CmsAttribute[];
}

export interface CmsAttribute {
  readonly oid: string;
  /** DER of each value. */
  readonly values: readonly Uint8Array[];
}

type FoundSignedData = Omit<SignedData, 'issues' | 'deviations'>;

const PLACE = 'SignedData';
const MAX_SIGNERS = 16;

/**
 * Reads a ContentInfo with a SignedData, of any issuer. Departures that are harmless to the
 * verification are listed in `issues`, BER among them [RFC 5652 §3, §5].
 *
 * @throws MalformedError
 */
export function parseSignedData(contentInfo: Uint8Array): SignedData {
  const { der, deviations, trailingBytes } = transcodeBerToDer(contentInfo, 'ContentInfo');
  const [type, wrapped] = readSequence(parseDer(der, 'ContentInfo'), 'ContentInfo');
  const oid = readOid(type, 'ContentInfo, type');
  if (oid !== CMS_OIDS.signedData) {
    throw new MalformedError('ContentInfo', `${oid} is no SignedData`);
  }
  const [signedData] = derChildren(expectTag(wrapped, 0xa0, 'ContentInfo, content'));
  const found = parseMembers(readSequence(signedData, PLACE));
  const issues = [
    ...issuesOf(found),
    ...(deviations.length > 0 ? (['not-der'] as const) : []),
    ...(trailingBytes > 0 ? (['trailing-bytes'] as const) : []),
  ];
  return { ...found, issues, deviations };
}

/** The values of the first attribute of this type [RFC 5652 §5.3]. */
export function findAttribute(
  attributes: readonly CmsAttribute[],
  oid: string,
): readonly Uint8Array[] | undefined {
  return attributes.find((attribute) => attribute.oid === oid)?.values;
}

function parseMembers(members: readonly DerNode[]): FoundSignedData {
  const [version, digests, encapsulated, ...rest] = members;
  const [contentType, wrapped] = readSequence(encapsulated, `${PLACE}, content`);
  const [content] = wrapped ? derChildren(expectTag(wrapped, 0xa0, `${PLACE}, content`)) : [];
  const certificates = rest.find((member) => member.tag === 0xa0);
  const crls = rest.find((member) => member.tag === 0xa1);
  const signers = readSet(rest.at(-1), `${PLACE}, signers`);
  if (signers.length > MAX_SIGNERS) throw new MalformedError(PLACE, 'has too many signers');
  const digestIdentifiers = readSet(digests, `${PLACE}, digest algorithms`);
  return {
    version: readSmallInteger(version, `${PLACE}, version`),
    digestIdentifiers: digestIdentifiers.map(({ raw }) => raw),
    contentType: readOid(contentType, `${PLACE}, content type`),
    content: content && readOctetString(content, `${PLACE}, content`),
    certificates: certificates ? derChildren(certificates).map(({ raw }) => raw) : [],
    crls: crls ? derChildren(crls).map(({ raw }) => raw) : [],
    signers: signers.map(parseSignerInfo),
  };
}

function parseSignerInfo(node: DerNode): SignerInfo {
  const place = 'SignerInfo';
  const [version, signerId, digest, ...rest] = readSequence(node, place);
  const signed = rest[0]?.tag === 0xa0 ? rest[0] : undefined;
  const [algorithm, signature, unsigned] = signed === undefined ? rest : rest.slice(1);
  return {
    version: readSmallInteger(version, `${place}, version`),
    signerId: parseSignerId(signerId),
    digestIdentifier: expectTag(digest, TAG.sequence, `${place}, digest algorithm`).raw,
    signedAttributes: signed && { raw: signed.raw, attributes: parseAttributes(signed) },
    signatureIdentifier: expectTag(algorithm, TAG.sequence, `${place}, algorithm`).raw,
    signature: readOctetString(signature, `${place}, signature`),
    unsignedAttributes:
      unsigned === undefined ? [] : parseAttributes(expectTag(unsigned, 0xa1, place)),
  };
}

function parseSignerId(node: DerNode | undefined): SignerId {
  const place = 'SignerInfo, signer identifier';
  if (node?.tag === 0x80) return { type: 'subjectKeyIdentifier', keyIdentifier: node.value };
  const [issuer, serialNumber] = readSequence(node, place);
  return {
    type: 'issuerAndSerialNumber',
    issuer: expectTag(issuer, TAG.sequence, place).raw,
    serialNumber: expectTag(serialNumber, TAG.integer, place).value,
  };
}

function parseAttributes(node: DerNode): readonly CmsAttribute[] {
  return derChildren(node).map((attribute) => {
    const [type, values] = readSequence(attribute, 'SignerInfo, attribute');
    return {
      oid: readOid(type, 'SignerInfo, attribute'),
      values: readSet(values, 'SignerInfo, attribute').map(({ raw }) => raw),
    };
  });
}

function issuesOf(found: FoundSignedData): readonly SignedDataIssue[] {
  const { signers } = found;
  const digestIdentifiers = [
    ...found.digestIdentifiers,
    ...signers.map((signer) => signer.digestIdentifier),
  ];
  const checks: readonly (readonly [SignedDataIssue, boolean])[] = [
    ['version-not-3', found.version !== 3],
    ['crls-present', found.crls.length > 0],
    ['several-signers', signers.length > 1],
    ['signer-version', signers.some((signer) => signer.version !== expectedVersion(signer))],
    ['attributes-absent', signers.some((signer) => signer.signedAttributes === undefined)],
    ['attributes-unordered', signers.some((signer) => !isOrdered(signer.signedAttributes))],
    ['unsigned-attributes', signers.some((signer) => signer.unsignedAttributes.length > 0)],
    ['digest-null', digestIdentifiers.some(hasNull)],
  ];
  return checks.filter(([, departs]) => departs).map(([issue]) => issue);
}

function expectedVersion(signer: SignerInfo): number {
  return signer.signerId.type === 'issuerAndSerialNumber' ? 1 : 3;
}

function isOrdered(attributes: SignedAttributes | undefined): boolean {
  if (attributes === undefined) return true;
  const raws = derChildren(parseDer(attributes.raw, 'SignerInfo')).map(({ raw }) => raw);
  return raws.every((raw, index) => index === 0 || compareBytes(raws[index - 1] ?? raw, raw) <= 0);
}

function hasNull(identifier: Uint8Array): boolean {
  return derChildren(parseDer(identifier, `${PLACE}, digest algorithm`))[1]?.tag === TAG.null;
}
