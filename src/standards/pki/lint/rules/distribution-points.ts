import { findExtension } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Where the revocation list is found [9303-12 §7.1.1.4]. */
export const distributionPoints: CertificateRule = {
  id: 'distribution-points',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.4',
  fault: {
    vi: 'thiếu cRLDistributionPoints',
    en: 'has no cRLDistributionPoints',
  },
  holds: (certificate) => findExtension(certificate, 'crlDistributionPoints') !== undefined,
};
