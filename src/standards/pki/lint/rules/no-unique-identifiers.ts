import { derChildren, parseDer } from '../../../asn1/read';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** They were given up with X.509 version 2 [9303-12 §7.1]. */
export const noUniqueIdentifiers: CertificateRule = {
  id: 'no-unique-identifiers',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'có issuerUniqueID hoặc subjectUniqueID',
    en: 'has a unique identifier of issuer or subject',
  },
  holds: ({ tbs }) =>
    derChildren(parseDer(tbs, 'certificate')).every(
      ({ tag }) => ![0x81, 0x82, 0xa1, 0xa2].includes(tag),
    ),
};
