import { derInteger, derOctetString, derPrintableString, derSequence } from '../asn1/der';
import {
  parseDer,
  readOctetString,
  readSequence,
  readSmallInteger,
  readText,
  type DerNode,
} from '../asn1/read';
import { MalformedError } from '../bytes/malformed';
import {
  DIGESTS,
  encodeDigestIdentifier,
  parseDigestIdentifier,
  type DigestName,
} from '../crypto/digest-algorithms';

/** Content type of the security object, id-icao-mrtd-security-ldsSecurityObject [9303-10 §4.6.2.3]. */
export const LDS_SECURITY_OBJECT_OID = '2.23.136.1.1.1';

/** The signed content of EF.SOD: the hash of every data group on the chip [9303-10 §4.6.2.3]. */
export interface LdsSecurityObject {
  /** 0 for LDS 1.7 [9303-10 appendix D], 1 for LDS 1.8. */
  readonly version: 0 | 1;
  readonly digest: DigestName;
  /** Hash of the whole file, from its tag, by data group number. */
  readonly hashes: ReadonlyMap<number, Uint8Array>;
  /** Four digits, `0108`; with version 1 only. */
  readonly ldsVersion?: string;
  /** Six digits, `040000`; with version 1 only. */
  readonly unicodeVersion?: string;
}

const PLACE = 'LDS security object';
const MAX_DATA_GROUPS = 16;

/**
 * DER of the security object; hashes stand in the order of their data group, the digest algorithm
 * without parameters [9303-10 §4.6.2.3, appendix D.2].
 *
 * @throws RangeError when a hash has the wrong length, there are fewer than 2 or more than 16, the
 * digest may not be issued, or the versions stand with version 0 or are missing with version 1.
 */
export function encodeLdsSecurityObject(object: LdsSecurityObject): Uint8Array {
  const { version, digest, hashes } = object;
  checkIssuable(object);
  const groupHashes = [...hashes]
    .toSorted(([left], [right]) => left - right)
    .map(([group, hash]) => derSequence(derInteger(group), derOctetString(hash)));
  return derSequence(
    derInteger(version),
    encodeDigestIdentifier(digest),
    derSequence(...groupHashes),
    ...encodeVersionInfo(object),
  );
}

/**
 * Reads a security object of version 0 or 1. Whether the versions fit the version is left to the
 * inspection: what is there is returned [9303-10 §4.6.2.3, appendix D.2].
 *
 * @throws MalformedError when it is not DER, a data group occurs twice or is not 1 to 16, or a hash
 * has not the length of its digest.
 */
export function parseLdsSecurityObject(bytes: Uint8Array): LdsSecurityObject {
  const members = readSequence(parseDer(bytes, PLACE), PLACE);
  const version = readSmallInteger(members[0], `${PLACE}, version`);
  if (version !== 0 && version !== 1) {
    throw new MalformedError(`${PLACE}, version`, `${version} is neither 0 nor 1`);
  }
  if (members.length > 4) throw new MalformedError(PLACE, 'has more than four members');
  const digest = parseDigestIdentifier(members[1], `${PLACE}, digest algorithm`);
  return {
    version,
    digest,
    hashes: parseHashes(members[2], digest),
    ...parseVersionInfo(members[3]),
  };
}

function checkIssuable({ version, digest, hashes, ...info }: LdsSecurityObject): void {
  const { lengthBytes } = DIGESTS[digest];
  // SHA-1 is known to read early documents only [9303-12 §4.1.6.4].
  if (digest === 'sha1') throw new RangeError('SHA-1 may not be issued');
  if (hashes.size < 2 || hashes.size > MAX_DATA_GROUPS) {
    throw new RangeError('a security object holds 2 to 16 hashes');
  }
  for (const [group, hash] of hashes) {
    if (!isDataGroup(group)) throw new RangeError('data groups are numbered 1 to 16');
    if (hash.length !== lengthBytes) throw new RangeError(`hash of DG${group} has a wrong length`);
  }
  const given = [info.ldsVersion, info.unicodeVersion].filter((text) => text !== undefined).length;
  if (given !== (version === 0 ? 0 : 2)) {
    throw new RangeError('version 1 names LDS and Unicode version, version 0 neither');
  }
}

function encodeVersionInfo({ ldsVersion, unicodeVersion }: LdsSecurityObject): Uint8Array[] {
  if (ldsVersion === undefined || unicodeVersion === undefined) return [];
  if (!/^\d{4}$/.test(ldsVersion) || !/^\d{6}$/.test(unicodeVersion)) {
    throw new RangeError('LDS and Unicode version are four and six digits');
  }
  return [derSequence(derPrintableString(ldsVersion), derPrintableString(unicodeVersion))];
}

function parseHashes(node: DerNode | undefined, digest: DigestName): Map<number, Uint8Array> {
  const place = `${PLACE}, data group hashes`;
  const hashes = new Map<number, Uint8Array>();
  for (const entry of readSequence(node, place)) {
    const [number, value] = readSequence(entry, place);
    const group = readSmallInteger(number, `${place}, number`);
    if (!isDataGroup(group)) throw new MalformedError(place, `${group} is no data group`);
    if (hashes.has(group)) throw new MalformedError(place, `DG${group} occurs twice`);
    const hash = readOctetString(value, `${place}, DG${group}`);
    const { lengthBytes } = DIGESTS[digest];
    if (hash.length !== lengthBytes) {
      throw new MalformedError(place, `DG${group} has ${hash.length} bytes, not ${lengthBytes}`);
    }
    hashes.set(group, hash);
  }
  if (hashes.size === 0) throw new MalformedError(place, 'there is none');
  return hashes;
}

function parseVersionInfo(
  node: DerNode | undefined,
): Pick<LdsSecurityObject, 'ldsVersion' | 'unicodeVersion'> {
  if (node === undefined) return {};
  const place = `${PLACE}, version info`;
  const [lds, unicode] = readSequence(node, place);
  return {
    ldsVersion: readText(lds, `${place}, LDS version`),
    unicodeVersion: readText(unicode, `${place}, Unicode version`),
  };
}

function isDataGroup(group: number): boolean {
  return Number.isInteger(group) && group >= 1 && group <= MAX_DATA_GROUPS;
}
