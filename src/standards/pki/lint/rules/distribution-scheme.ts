import { readCrlUris } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Addresses that every reader can follow [9303-12 §7.1.1.4]. */
export const distributionScheme: CertificateRule = {
  id: 'distribution-scheme',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.4',
  fault: {
    vi: 'địa chỉ CRL không dùng ldap, http hay https',
    en: 'gives the address of its revocation list by another scheme than ldap, http or https',
  },
  holds: (certificate) =>
    (readCrlUris(certificate) ?? []).every((uri) => /^(ldap|https?):/i.test(uri)),
};
