import { readAuthorityKeyIdentifier } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** Readers find the right one of several CSCA keys by it [9303-12 §7.1]. */
export const authorityKeyIdentifier: CertificateRule = {
  id: 'authority-key-identifier',
  roles: ['csca-link', 'dsc', 'ml-signer', 'dl-signer'],
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'thiếu authorityKeyIdentifier',
    en: 'has no authorityKeyIdentifier',
  },
  holds: (certificate) => readAuthorityKeyIdentifier(certificate) !== undefined,
};
