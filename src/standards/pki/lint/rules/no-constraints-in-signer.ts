import { findExtension } from '../../read-extensions';
import { type CertificateRule, SIGNER_ROLES } from '../certificate-rule';

/** A signer that calls itself a CA could issue others [9303-12 §7.1]. */
export const noConstraintsInSigner: CertificateRule = {
  id: 'no-constraints-in-signer',
  roles: SIGNER_ROLES,
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'có basicConstraints, vốn chỉ dành cho CSCA',
    en: 'has basicConstraints, which belong into a CSCA only',
  },
  holds: (certificate) => findExtension(certificate, 'basicConstraints') === undefined,
};
