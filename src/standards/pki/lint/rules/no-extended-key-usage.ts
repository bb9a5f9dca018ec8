import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** Signers of master and deviation lists alone have one [9303-12 §7.1]. */
export const noExtendedKeyUsage: CertificateRule = {
  id: 'no-extended-key-usage',
  roles: ['csca', 'csca-link', 'dsc'],
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'có extKeyUsage, không thuộc hồ sơ này',
    en: 'has an extKeyUsage, which does not belong into it',
  },
  holds: (certificate) => findExtension(certificate, 'extKeyUsage') === undefined,
};
