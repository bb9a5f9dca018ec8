import { findExtension } from '../../read-extensions';
import { type CertificateRule, SIGNER_ROLES } from '../certificate-rule';

/** A signer gets a new certificate when its name changes [9303-12 §7.1]. */
export const noNameChange: CertificateRule = {
  id: 'no-name-change',
  roles: SIGNER_ROLES,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'có nameChange, chỉ dành cho CSCA',
    en: 'has nameChange, which belongs into a CSCA certificate only',
  },
  holds: (certificate) => findExtension(certificate, 'nameChange') === undefined,
};
