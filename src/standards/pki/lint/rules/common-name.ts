import { findNameAttribute } from '../../distinguished-name';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** People tell certificates apart by it [9303-12 §7.1]. */
export const commonName: CertificateRule = {
  id: 'common-name',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'tên chủ thể không có commonName',
    en: 'has no commonName in its subject',
  },
  holds: ({ subject }) => findNameAttribute(subject, 'CN') !== undefined,
};
