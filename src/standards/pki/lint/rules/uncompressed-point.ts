import { parsePublicKeyInfo } from '../../subject-public-key-info';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** The one form that every reader takes [9303-12 §4.1.6.3]. */
export const uncompressedPoint: CertificateRule = {
  id: 'uncompressed-point',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §4.1.6.3',
  fault: {
    vi: 'khóa công khai không ở dạng điểm không nén',
    en: 'has a public key that is no uncompressed point',
  },
  holds: ({ publicKey }) => {
    const key = parsePublicKeyInfo(publicKey);
    return key.type !== 'ec' || key.point[0] === 0x04;
  },
};
