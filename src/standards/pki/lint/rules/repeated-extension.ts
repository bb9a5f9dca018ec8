import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Two readers could take different ones [RFC 5280 §4.2]. */
export const repeatedExtension: CertificateRule = {
  id: 'repeated-extension',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: 'RFC 5280 §4.2',
  fault: {
    vi: 'có một phần mở rộng lặp lại',
    en: 'has an extension twice',
  },
  holds: ({ extensions }) => new Set(extensions.map(({ oid }) => oid)).size === extensions.length,
};
