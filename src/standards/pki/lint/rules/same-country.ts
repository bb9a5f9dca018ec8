import { findNameAttribute } from '../../distinguished-name';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A CSCA issues for its own state only [9303-12 §7.1]. */
export const sameCountry: CertificateRule = {
  id: 'same-country',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'quốc gia của issuer và subject khác nhau',
    en: 'names another country in its subject than in its issuer',
  },
  holds: ({ subject, issuer }) => {
    const [own, other] = [subject, issuer].map((name) => findNameAttribute(name, 'C'));
    return own === undefined || other === undefined || own.toUpperCase() === other.toUpperCase();
  },
};
