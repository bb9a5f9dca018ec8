import { decodeBigUint } from '../../../bytes/integer';
import { parsePublicKeyInfo } from '../../subject-public-key-info';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** No signature can ever fit such a key [RFC 5480 §2.2, 9303-12 §4.1.6.3]. */
export const pointOnCurve: CertificateRule = {
  id: 'point-on-curve',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: 'RFC 5480 §2.2',
  fault: {
    vi: 'khóa công khai không nằm trên đường cong',
    en: 'has a public key that is no point of its curve',
  },
  holds: ({ publicKey }) => {
    const key = parsePublicKeyInfo(publicKey);
    // Compressed points and curves of others are the matter of other rules.
    if (key.type !== 'ec' || key.curve === undefined || key.point[0] !== 0x04) return true;
    const { p, a, b, fieldBytes } = key.curve;
    if (key.point.length !== 1 + 2 * fieldBytes) return false;
    const x = decodeBigUint(key.point.subarray(1, 1 + fieldBytes));
    const y = decodeBigUint(key.point.subarray(1 + fieldBytes));
    return x < p && y < p && (y * y - (x * x * x + a * x + b)) % p === 0n;
  },
};
