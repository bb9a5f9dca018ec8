import { findExtension } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Who cannot read it must not use the key [9303-12 §7.1]. */
export const criticalKeyUsage: CertificateRule = {
  id: 'critical-key-usage',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'keyUsage không được đánh dấu critical',
    en: 'does not mark keyUsage as critical',
  },
  holds: (certificate) => findExtension(certificate, 'keyUsage')?.critical !== false,
};
