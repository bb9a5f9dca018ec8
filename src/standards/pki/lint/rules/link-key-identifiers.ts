import { equalBytes } from '../../../bytes/compare';
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** The old key vouches for the new one; they are two [9303-12 §4.1.4.3]. */
export const linkKeyIdentifiers: CertificateRule = {
  id: 'link-key-identifiers',
  roles: ['csca-link'],
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'chứng thư liên kết chỉ cùng một khóa cho người ký và chủ thể',
    en: 'is a link certificate that names one key as issuer and subject',
  },
  holds: (certificate) => {
    const authority = readAuthorityKeyIdentifier(certificate);
    const subject = readSubjectKeyIdentifier(certificate);
    return authority === undefined || subject === undefined || !equalBytes(authority, subject);
  },
};
