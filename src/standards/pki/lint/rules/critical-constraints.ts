import { findExtension } from '../../read-extensions';
import { type CertificateRule, CSCA_ROLES } from '../certificate-rule';

/** Who cannot read them must not use the key [9303-12 §7.1]. */
export const criticalConstraints: CertificateRule = {
  id: 'critical-constraints',
  roles: CSCA_ROLES,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'basicConstraints không được đánh dấu critical',
    en: 'does not mark basicConstraints as critical',
  },
  holds: (certificate) => findExtension(certificate, 'basicConstraints')?.critical !== false,
};
