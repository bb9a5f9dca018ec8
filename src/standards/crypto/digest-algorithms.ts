import { createHash, hash as hashOnce } from 'node:crypto';
import { derOid, derSequence } from '../asn1/der';
import { type DerNode, readOid, readSequence } from '../asn1/read';
import { MalformedError } from '../bytes/malformed';

interface DigestRow {
  readonly oid: string;
  readonly lengthBytes: number;
  /** As people write it. */
  readonly title: string;
}

/** Hash functions of security objects and signatures [9303-12 §4.1.6.4]; SHA-1 to read old ones. */
export const DIGESTS = {
  sha1: { oid: '1.3.14.3.2.26', lengthBytes: 20, title: 'SHA-1' },
  sha224: { oid: '2.16.840.1.101.3.4.2.4', lengthBytes: 28, title: 'SHA-224' },
  sha256: { oid: '2.16.840.1.101.3.4.2.1', lengthBytes: 32, title: 'SHA-256' },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', lengthBytes: 48, title: 'SHA-384' },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', lengthBytes: 64, title: 'SHA-512' },
} as const satisfies Record<string, DigestRow>;

export type DigestName = keyof typeof DIGESTS;

export const DIGEST_NAMES = Object.keys(DIGESTS) as readonly DigestName[];

const IDENTIFIERS = Object.fromEntries(
  DIGEST_NAMES.map((name) => [name, derSequence(derOid(DIGESTS[name].oid))]),
) as Readonly<Record<DigestName, Uint8Array>>;

/** The hash value of the parts one after the other [FIPS 180-4]. */
export function digestBytes(name: DigestName, ...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  // Without an object that lives on: of every EF.SOD a dozen hashes are taken.
  if (only !== undefined && parts.length === 1) {
    return new Uint8Array(hashOnce(name, only, 'buffer'));
  }
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The hash function with this object identifier [RFC 5754 §2]. */
export function findDigestByOid(oid: string): DigestName | undefined {
  return DIGEST_NAMES.find((name) => DIGESTS[name].oid === oid);
}

/** AlgorithmIdentifier of a hash function, without parameters [9303-10 §4.6.2.3, RFC 5754 §2]. */
export function encodeDigestIdentifier(name: DigestName): Uint8Array {
  return IDENTIFIERS[name].slice();
}

/**
 * The hash function of an AlgorithmIdentifier, with or without NULL parameters [RFC 5754 §2].
 *
 * @throws MalformedError when it is none of the table.
 */
export function parseDigestIdentifier(node: DerNode | undefined, place: string): DigestName {
  const oid = readOid(readSequence(node, place)[0], place);
  const name = findDigestByOid(oid);
  if (name === undefined) throw new MalformedError(place, `${oid} is no known hash function`);
  return name;
}
