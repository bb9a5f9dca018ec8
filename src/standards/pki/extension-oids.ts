/** Object identifiers of the certificate extensions of Doc 9303 [9303-12 §7.1, RFC 5280 §4.2]. */
export const EXTENSION_OIDS = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  nameChange: '2.23.136.1.1.6.1',
  documentTypeList: '2.23.136.1.1.6.2',
} as const;

export type ExtensionName = keyof typeof EXTENSION_OIDS;

/** Purposes of the extended key usage of those who sign lists [9303-12 §7.1 table 6]. */
export const LIST_SIGNER_PURPOSES = {
  masterList: '2.23.136.1.1.3',
  deviationList: '2.23.136.1.1.8',
} as const;

/** Bits of the key usage in their order [RFC 5280 §4.2.1.3]. */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

/** A certificate extension; `value` is the DER inside the octet string [RFC 5280 §4.2]. */
export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}
