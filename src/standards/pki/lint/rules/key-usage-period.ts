import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** Readers hold the date of issue against it [9303-12 §7.1.1.5]. */
export const keyUsagePeriod: CertificateRule = {
  id: 'key-usage-period',
  roles: ['csca', 'csca-link', 'dsc'],
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'thiếu privateKeyUsagePeriod',
    en: 'has no privateKeyUsagePeriod',
  },
  holds: (certificate) => findExtension(certificate, 'privateKeyUsagePeriod') !== undefined,
};
