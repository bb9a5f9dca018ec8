import { findNameAttribute } from '../../distinguished-name';
import type { RevocationListRule } from '../revocation-list-rule';

/** Upper case, as in the certificates of the CSCA [9303-12 §7.2]. */
export const crlCountryUpperCase: RevocationListRule = {
  id: 'crl-country-upper-case',
  severity: 'warning',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'mã quốc gia của issuer không viết hoa',
    en: 'does not write the country of its issuer in upper case',
  },
  holds: ({ list }) => {
    const country = findNameAttribute(list.issuer, 'C');
    // An absent country is the fault of another rule.
    return country === undefined || /^[A-Z]{2}$/.test(country);
  },
};
