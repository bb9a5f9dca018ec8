import { readSubjectKeyIdentifier } from '../../read-extensions';
import { type CertificateRule, CSCA_ROLES } from '../certificate-rule';

/** What the signers below name it by [9303-12 §7.1]. */
export const subjectKeyIdentifier: CertificateRule = {
  id: 'subject-key-identifier',
  roles: CSCA_ROLES,
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'thiếu subjectKeyIdentifier',
    en: 'has no subjectKeyIdentifier',
  },
  holds: (certificate) => readSubjectKeyIdentifier(certificate) !== undefined,
};
