import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Extensions exist in version 3 alone [9303-12 §7.1]. */
export const versionThree: CertificateRule = {
  id: 'version-three',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'không phải chứng thư X.509 phiên bản 3',
    en: 'is no X.509 certificate of version 3',
  },
  holds: ({ version }) => version === 3,
};
