import { readPrivateKeyUsagePeriod } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A signature by a key whose certificate has ended proves nothing [9303-12 §7.1.1.5]. */
export const keyPeriodInValidity: CertificateRule = {
  id: 'key-period-in-validity',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.5',
  fault: {
    vi: 'thời gian dùng khóa nằm ngoài thời hạn chứng thư',
    en: 'lets its key be used outside its own validity',
  },
  holds: (certificate) => {
    const { from, until } = readPrivateKeyUsagePeriod(certificate) ?? {};
    const { validity } = certificate;
    return (from ?? validity.from) >= validity.from && (until ?? validity.until) <= validity.until;
  },
};
