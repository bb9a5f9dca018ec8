/**
 * Digest algorithms of data group hashes. Issuers use SHA-224 to SHA-512; SHA-1 stands in early
 * documents and is known here so that they can be read [9303-12 §4.1.6.4].
 */
export const LDS_DIGESTS = {
  sha1: { oid: '1.3.14.3.2.26', lengthBytes: 20, mayIssue: false },
  sha224: { oid: '2.16.840.1.101.3.4.2.4', lengthBytes: 28, mayIssue: true },
  sha256: { oid: '2.16.840.1.101.3.4.2.1', lengthBytes: 32, mayIssue: true },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', lengthBytes: 48, mayIssue: true },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', lengthBytes: 64, mayIssue: true },
} as const satisfies Record<string, { oid: string; lengthBytes: number; mayIssue: boolean }>;

export type LdsDigestName = keyof typeof LDS_DIGESTS;

/** The digest algorithm with this object identifier, if it is one of the LDS [9303-12 §4.1.6.4]. */
export function ldsDigestOfOid(oid: string): LdsDigestName | undefined {
  const names = Object.keys(LDS_DIGESTS) as LdsDigestName[];
  return names.find((name) => LDS_DIGESTS[name].oid === oid);
}
