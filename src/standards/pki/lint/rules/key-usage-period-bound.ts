import { readPrivateKeyUsagePeriod } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** At least one of notBefore and notAfter [9303-12 §7.1.1.5]. */
export const keyUsagePeriodBound: CertificateRule = {
  id: 'key-usage-period-bound',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.5',
  fault: {
    vi: 'privateKeyUsagePeriod không có mốc thời gian nào',
    en: 'has a privateKeyUsagePeriod without any bound',
  },
  holds: (certificate) => {
    const period = readPrivateKeyUsagePeriod(certificate);
    return period === undefined || period.from !== undefined || period.until !== undefined;
  },
};
