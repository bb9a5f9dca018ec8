import { findNameAttribute } from '../../distinguished-name';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Readers compare the codes as they stand [9303-12 §7.1]. */
export const countryUpperCase: CertificateRule = {
  id: 'country-upper-case',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'mã quốc gia không viết hoa',
    en: 'does not write its country in upper case',
  },
  holds: ({ subject, issuer }) =>
    [subject, issuer].every((name) => /^[A-Z]{2}$/.test(findNameAttribute(name, 'C') ?? 'ZZ')),
};
