import { findNameAttribute } from '../../distinguished-name';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Readers sort certificates by it [9303-12 §7.1]. */
export const countryPresent: CertificateRule = {
  id: 'country-present',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'không ghi quốc gia trong issuer hoặc subject',
    en: 'has no country in its subject or issuer',
  },
  holds: ({ subject, issuer }) =>
    [subject, issuer].every((name) => findNameAttribute(name, 'C') !== undefined),
};
