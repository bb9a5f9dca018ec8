import { equalBytes } from '../../../bytes/compare';
import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** Who signs itself is one and the same [9303-12 §7.1.1.2]. */
export const sameAlternativeNames: CertificateRule = {
  id: 'same-alternative-names',
  roles: ['csca'],
  severity: 'warning',
  clause: '9303-12 §7.1.1.2',
  fault: {
    vi: 'subjectAltName và issuerAltName của chứng thư gốc khác nhau',
    en: 'is a root with another subjectAltName than issuerAltName',
  },
  holds: (certificate) => {
    const subject = findExtension(certificate, 'subjectAltName');
    const issuer = findExtension(certificate, 'issuerAltName');
    return subject === undefined || issuer === undefined || equalBytes(subject.value, issuer.value);
  },
};
