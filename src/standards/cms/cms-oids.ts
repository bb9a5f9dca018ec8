/** Object identifiers of the cryptographic message syntax [RFC 5652 §4, §5, §11]. */
export const CMS_OIDS = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const;
