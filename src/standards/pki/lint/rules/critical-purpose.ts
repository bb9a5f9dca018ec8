import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** A reader that does not know the purpose must not take the list [9303-12 §7.1]. */
export const criticalPurpose: CertificateRule = {
  id: 'critical-purpose',
  roles: ['ml-signer', 'dl-signer'],
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'extKeyUsage không được đánh dấu critical',
    en: 'does not mark extKeyUsage as critical',
  },
  holds: (certificate) => findExtension(certificate, 'extKeyUsage')?.critical !== false,
};
