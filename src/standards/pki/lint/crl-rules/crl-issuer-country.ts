import { findNameAttribute } from '../../distinguished-name';
import type { RevocationListRule } from '../revocation-list-rule';

/** A reader finds the list of a State by its country [9303-12 §7.2]. */
export const crlIssuerCountry: RevocationListRule = {
  id: 'crl-issuer-country',
  severity: 'error',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'tên issuer không có quốc gia',
    en: 'names no country in its issuer',
  },
  holds: ({ list }) => findNameAttribute(list.issuer, 'C') !== undefined,
};
