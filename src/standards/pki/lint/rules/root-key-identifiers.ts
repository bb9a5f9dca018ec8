import { equalBytes } from '../../../bytes/compare';
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** A reader that follows the identifier would look for another CSCA [9303-12 §7.1]. */
export const rootKeyIdentifiers: CertificateRule = {
  id: 'root-key-identifiers',
  roles: ['csca'],
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'authorityKeyIdentifier của chứng thư gốc không chỉ chính khóa đó',
    en: 'is a root whose authorityKeyIdentifier names another key',
  },
  holds: (certificate) => {
    const authority = readAuthorityKeyIdentifier(certificate);
    const subject = readSubjectKeyIdentifier(certificate);
    return authority === undefined || subject === undefined || equalBytes(authority, subject);
  },
};
