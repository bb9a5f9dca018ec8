import { derInteger, derOctetString, derOid, derSequence, derSetOf } from '../asn1/der';
import {
  expectTag,
  parseDer,
  readOctetString,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  type DerNode,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { decodeUint, encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';

/** What a chip says of its security protocols, in EF.CardAccess and DG14 [9303-11 §9.2]. */
export type SecurityInfo =
  | PaceInfo
  | PaceDomainParameterInfo
  | ChipAuthenticationInfo
  | ChipAuthenticationPublicKeyInfo
  | ActiveAuthenticationInfo
  | TerminalAuthenticationInfo
  | OtherSecurityInfo;

/** A PACE variant [9303-11 §9.2.1]. */
export interface PaceInfo {
  readonly kind: 'pace';
  readonly oid: string;
  /** 2 in every document of Doc 9303. */
  readonly version: number;
  /** Standardized domain parameters, 0 to 18 [9303-11 §9.5.1]. */
  readonly parameterId?: number;
}

/** Explicit domain parameters for PACE, which PACEInfos refer to [9303-11 §9.2.2]. */
export interface PaceDomainParameterInfo {
  readonly kind: 'pace-domain-parameters';
  /** Mapping and key agreement, without a cipher. */
  readonly oid: string;
  /** DER AlgorithmIdentifier. */
  readonly domainParameter: Uint8Array;
  readonly parameterId?: number;
}

/** A Chip Authentication variant [9303-11 §9.2.5]. */
export interface ChipAuthenticationInfo {
  readonly kind: 'chip-authentication';
  readonly oid: string;
  readonly version: number;
  /** Which of several keys; absent when there is one. */
  readonly keyId?: number;
}

/** A public key for Chip Authentication [9303-11 §9.2.6]. */
export interface ChipAuthenticationPublicKeyInfo {
  readonly kind: 'chip-authentication-public-key';
  readonly oid: string;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly keyId?: number;
}

/** The signature algorithm of Active Authentication with ECDSA [9303-11 §9.2.4]. */
export interface ActiveAuthenticationInfo {
  readonly kind: 'active-authentication';
  readonly version: number;
  /** Object identifier of the plain ECDSA signature, `0.4.0.127.0.7.1.1.4.1.n`. */
  readonly signatureAlgorithm: string;
}

/** Terminal Authentication, with the file of the trust anchors' names [9303-11 §9.2.7]. */
export interface TerminalAuthenticationInfo {
  readonly kind: 'terminal-authentication';
  readonly version: number;
  readonly efCvca?: { readonly fid: number; readonly sfi?: number };
}

/** A SecurityInfo that is not interpreted here, whole. */
export interface OtherSecurityInfo {
  readonly kind: 'other';
  readonly oid: string;
  /** DER of the SEQUENCE. */
  readonly der: Uint8Array;
}

/** Object identifiers under which the protocols stand; bsi-de is 0.4.0.127.0.7 [9303-11 §9.2]. */
export const SECURITY_INFO_OIDS = {
  /** Followed by mapping and cipher: `.2.2` is ECDH-GM with AES-128. */
  pace: '0.4.0.127.0.7.2.2.4',
  /** Followed by key agreement and cipher: `.2.2` is ECDH with AES-128. */
  chipAuthentication: '0.4.0.127.0.7.2.2.3',
  /** Followed by key agreement: `.1` DH, `.2` ECDH. */
  chipAuthenticationPublicKey: '0.4.0.127.0.7.2.2.1',
  terminalAuthentication: '0.4.0.127.0.7.2.2.2',
  activeAuthentication: '2.23.136.1.1.5',
} as const;

/** Plain ECDSA signatures by digest, for ActiveAuthenticationInfo [9303-11 §9.2.4]. */
export const PLAIN_ECDSA_OIDS = {
  sha224: '0.4.0.127.0.7.1.1.4.1.2',
  sha256: '0.4.0.127.0.7.1.1.4.1.3',
  sha384: '0.4.0.127.0.7.1.1.4.1.4',
  sha512: '0.4.0.127.0.7.1.1.4.1.5',
} as const;

const PLACE = 'SecurityInfos';

/** DER of the SET OF SecurityInfo, which is also the whole of EF.CardAccess [9303-11 §9.2]. */
export function encodeSecurityInfos(infos: readonly SecurityInfo[]): Uint8Array {
  return derSetOf(...infos.map(encodeSecurityInfo));
}

/** DER of one SecurityInfo [9303-11 §9.2]. */
export function encodeSecurityInfo(info: SecurityInfo): Uint8Array {
  switch (info.kind) {
    case 'pace':
      return derSequence(
        derOid(info.oid),
        derInteger(info.version),
        ...optionalInteger(info.parameterId),
      );
    case 'pace-domain-parameters':
      return derSequence(
        derOid(info.oid),
        info.domainParameter,
        ...optionalInteger(info.parameterId),
      );
    case 'chip-authentication':
      return derSequence(
        derOid(info.oid),
        derInteger(info.version),
        ...optionalInteger(info.keyId),
      );
    case 'chip-authentication-public-key':
      return derSequence(derOid(info.oid), info.publicKey, ...optionalInteger(info.keyId));
    case 'active-authentication':
      return derSequence(
        derOid(SECURITY_INFO_OIDS.activeAuthentication),
        derInteger(info.version),
        derOid(info.signatureAlgorithm),
      );
    case 'terminal-authentication':
      return derSequence(
        derOid(SECURITY_INFO_OIDS.terminalAuthentication),
        derInteger(info.version),
        ...(info.efCvca === undefined ? [] : [encodeFileId(info.efCvca)]),
      );
    case 'other':
      return info.der;
  }
}

/**
 * Reads SecurityInfos in the order in which they stand; a SET in another order than DER's is
 * accepted, because chips in circulation have one [9303-11 §9.2].
 *
 * @throws MalformedError
 */
export function parseSecurityInfos(bytes: Uint8Array, place = PLACE): readonly SecurityInfo[] {
  return readSet(parseDer(bytes, place), place).map((node, index) =>
    parseSecurityInfo(node, `${place}, entry ${index + 1}`),
  );
}

function parseSecurityInfo(node: DerNode, place: string): SecurityInfo {
  const [protocol, required, optional, ...rest] = readSequence(node, place);
  const oid = readOid(protocol, `${place}, protocol`);
  const kind = kindOf(oid);
  if (kind === 'other') return { kind, oid, der: node.raw };
  if (rest.length > 0) throw new MalformedError(place, 'has more than three members');
  if (kind === 'chip-authentication-public-key') {
    const publicKey = expectTag(required, TAG.sequence, `${place}, public key`).raw;
    return { kind, oid, publicKey, ...readOptional('keyId', optional, place) };
  }
  if (kind === 'pace-domain-parameters') {
    const domainParameter = expectTag(required, TAG.sequence, `${place}, parameters`).raw;
    return { kind, oid, domainParameter, ...readOptional('parameterId', optional, place) };
  }
  const version = readSmallInteger(required, `${place}, version`);
  switch (kind) {
    case 'pace':
      return { kind, oid, version, ...readOptional('parameterId', optional, place) };
    case 'chip-authentication':
      return { kind, oid, version, ...readOptional('keyId', optional, place) };
    case 'active-authentication':
      return { kind, version, signatureAlgorithm: readOid(optional, `${place}, algorithm`) };
    case 'terminal-authentication':
      return {
        kind,
        version,
        ...(optional === undefined ? {} : { efCvca: parseFileId(optional, `${place}, efCVCA`) }),
      };
  }
}

function kindOf(oid: string): SecurityInfo['kind'] {
  const ids = SECURITY_INFO_OIDS;
  if (oid === ids.activeAuthentication) return 'active-authentication';
  if (oid === ids.terminalAuthentication) return 'terminal-authentication';
  if (hasArcsUnder(oid, ids.chipAuthenticationPublicKey, 1)) {
    return 'chip-authentication-public-key';
  }
  if (hasArcsUnder(oid, ids.chipAuthentication, 2)) return 'chip-authentication';
  if (hasArcsUnder(oid, ids.pace, 1)) return 'pace-domain-parameters';
  return hasArcsUnder(oid, ids.pace, 2) ? 'pace' : 'other';
}

function hasArcsUnder(oid: string, parent: string, arcs: number): boolean {
  if (!oid.startsWith(`${parent}.`)) return false;
  return oid.slice(parent.length + 1).split('.').length === arcs;
}

function optionalInteger(value: number | undefined): Uint8Array[] {
  return value === undefined ? [] : [derInteger(value)];
}

function readOptional<Key extends 'keyId' | 'parameterId'>(
  key: Key,
  node: DerNode | undefined,
  place: string,
): Partial<Record<Key, number>> {
  if (node === undefined) return {};
  const value = readSmallInteger(node, `${place}, ${key}`);
  return { [key]: value } as Record<Key, number>;
}

function encodeFileId({ fid, sfi }: { fid: number; sfi?: number }): Uint8Array {
  const short = sfi === undefined ? [] : [derOctetString(encodeUint(sfi, 1))];
  return derSequence(derOctetString(encodeUint(fid, 2)), ...short);
}

function parseFileId(node: DerNode, place: string): { fid: number; sfi?: number } {
  const [fid, sfi] = readSequence(node, place);
  return {
    fid: fixedUint(fid, 2, `${place}, fid`),
    ...(sfi === undefined ? {} : { sfi: fixedUint(sfi, 1, `${place}, sfi`) }),
  };
}

function fixedUint(node: DerNode | undefined, lengthBytes: number, place: string): number {
  const value = readOctetString(node, place);
  if (value.length !== lengthBytes) throw new MalformedError(place, `is not ${lengthBytes} bytes`);
  return decodeUint(value, place);
}
