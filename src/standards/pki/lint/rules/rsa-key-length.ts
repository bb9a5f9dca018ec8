import { parsePublicKeyInfo } from '../../subject-public-key-info';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A signature has to hold for as long as documents are valid [9303-12 §4.1.6.1]. */
export const rsaKeyLength: CertificateRule = {
  id: 'rsa-key-length',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §4.1.6.1',
  fault: {
    vi: 'khóa RSA ngắn hơn 2.048 bit',
    en: 'has an RSA key of fewer than 2,048 bits',
  },
  holds: ({ publicKey }) => {
    const key = parsePublicKeyInfo(publicKey);
    return key.type !== 'rsa' || key.modulusBits >= 2048;
  },
};
