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
import { equalBytes } from '../bytes/compare';
import { MalformedError } from '../bytes/malformed';
import type { Certificate } from './certificate';
import { type DistinguishedName, parseName } from './distinguished-name';
import type { CertificateExtension } from './extension-oids';

/** A certificate revocation list as found, with the bytes that were signed [RFC 5280 §5.1]. */
export interface RevocationList {
  /** The TBSCertList, which is what the signature covers. */
  readonly tbs: Uint8Array;
  /** 2 in every list of Doc 9303. */
  readonly version: number;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly revoked: readonly RevokedCertificate[];
  readonly extensions: readonly CertificateExtension[];
  /** DER AlgorithmIdentifier inside the signed part. */
  readonly tbsSignatureIdentifier: Uint8Array;
  /** DER AlgorithmIdentifier beside the signature. */
  readonly signatureIdentifier: Uint8Array;
  readonly signature: Uint8Array;
}

export interface RevokedCertificate {
  /** Contents of the INTEGER exactly as found. */
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Date;
  readonly extensions: readonly CertificateExtension[];
}

const PLACE = 'CRL';
const MAX_CRL_BYTES = 0x40_0000;

/**
 * Reads a revocation list of any issuer; what Doc 9303 forbids in it is for the caller to judge
 * [RFC 5280 §5.1, 9303-12 §7.2].
 *
 * @throws MalformedError
 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  if (bytes.length > MAX_CRL_BYTES) throw new MalformedError(PLACE, 'is too long');
  const [tbs, identifier, signature, ...rest] = readSequence(parseDer(bytes, PLACE), PLACE);
  if (rest.length > 0) throw new MalformedError(PLACE, 'has more than three members');
  return {
    ...parseTbs(expectTag(tbs, TAG.sequence, PLACE)),
    signatureIdentifier: expectTag(identifier, TAG.sequence, `${PLACE}, algorithm`).raw,
    signature: readBitString(signature, `${PLACE}, signature`),
  };
}

/** The entry of a certificate in a list of its own issuer, if it is revoked [RFC 5280 §5.1.2.6]. */
export function findRevocation(
  list: RevocationList,
  certificate: Certificate,
): RevokedCertificate | undefined {
  return list.revoked.find(({ serialNumber }) =>
    equalBytes(serialNumber, certificate.serialNumber),
  );
}

function parseTbs(tbs: DerNode): Omit<RevocationList, 'signatureIdentifier' | 'signature'> {
  const members = derChildren(tbs);
  const hasVersion = members[0]?.tag === TAG.integer;
  const version = hasVersion ? readSmallInteger(members[0], `${PLACE}, version`) + 1 : 1;
  const [algorithm, issuer, thisUpdate, ...rest] = hasVersion ? members.slice(1) : members;
  const next = isTime(rest[0]) ? rest[0] : undefined;
  const [revoked, wrapped] = next === undefined ? rest : rest.slice(1);
  const entries = revoked?.tag === TAG.sequence ? revoked : undefined;
  return {
    tbs: tbs.raw,
    version,
    tbsSignatureIdentifier: expectTag(algorithm, TAG.sequence, `${PLACE}, algorithm`).raw,
    issuer: parseName(issuer, `${PLACE}, issuer`),
    thisUpdate: readTime(thisUpdate, `${PLACE}, thisUpdate`),
    ...(next === undefined ? {} : { nextUpdate: readTime(next, `${PLACE}, nextUpdate`) }),
    revoked: entries === undefined ? [] : derChildren(entries).map(parseEntry),
    extensions: parseExtensions(entries === undefined ? revoked : wrapped),
  };
}

function parseEntry(node: DerNode): RevokedCertificate {
  const place = `${PLACE}, revoked certificate`;
  const [serial, date, extensions] = readSequence(node, place);
  return {
    serialNumber: expectTag(serial, TAG.integer, place).value,
    revokedAt: readTime(date, place),
    extensions: extensions === undefined ? [] : readExtensionList(extensions),
  };
}

function parseExtensions(wrapped: DerNode | undefined): readonly CertificateExtension[] {
  if (wrapped === undefined) return [];
  const [list] = derChildren(expectTag(wrapped, 0xa0, `${PLACE}, extensions`));
  return list === undefined ? [] : readExtensionList(list);
}

function readExtensionList(list: DerNode): readonly CertificateExtension[] {
  const place = `${PLACE}, extension`;
  return readSequence(list, place).map((member) => {
    const [identifier, second, third] = readSequence(member, place);
    const hasCritical = second?.tag === TAG.boolean;
    return {
      oid: readOid(identifier, place),
      critical: hasCritical && second.value[0] !== 0,
      value: readOctetString(hasCritical ? third : second, place),
    };
  });
}

function isTime(node: DerNode | undefined): boolean {
  return node?.tag === TAG.utcTime || node?.tag === TAG.generalizedTime;
}
