import { readBasicConstraints } from '../../read-extensions';
import { type CertificateRule, CSCA_ROLES } from '../certificate-rule';

/** No other CA stands between a CSCA and what it signs [9303-12 §7.1.1.3]. */
export const cscaConstraints: CertificateRule = {
  id: 'csca-constraints',
  roles: CSCA_ROLES,
  severity: 'error',
  clause: '9303-12 §7.1.1.3',
  fault: {
    vi: 'basicConstraints thiếu, không phải CA hoặc pathLen khác 0',
    en: 'has no basicConstraints of a CA with a path length of 0',
  },
  holds: (certificate) => {
    const constraints = readBasicConstraints(certificate);
    return constraints?.isCa === true && constraints.pathLength === 0;
  },
};
