import { parsePublicKeyInfo } from '../../subject-public-key-info';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Readers need no table of curves then [9303-12 §4.1.6.3]. */
export const explicitCurve: CertificateRule = {
  id: 'explicit-curve',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §4.1.6.3',
  fault: {
    vi: 'ghi đường cong theo tên, phải ghi tham số tường minh có cofactor',
    en: 'names its curve, or leaves the cofactor away, where explicit parameters are demanded',
  },
  holds: ({ publicKey }) => {
    const key = parsePublicKeyInfo(publicKey);
    return key.type !== 'ec' || (key.parameters === 'explicit' && key.hasCofactor);
  },
};
