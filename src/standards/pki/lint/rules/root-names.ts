import { equalBytes } from '../../../bytes/compare';
import type { CertificateRule } from '../certificate-rule';

/** A root is self-signed; a new key under an old one is a link certificate [9303-12 §7.1]. */
export const rootNames: CertificateRule = {
  id: 'root-names',
  roles: ['csca'],
  severity: 'error',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'chứng thư gốc có issuer khác subject',
    en: 'is a root whose issuer is not its subject',
  },
  holds: ({ subject, issuer }) => equalBytes(subject.raw, issuer.raw),
};
