import { findExtension } from '../../read-extensions';
import type { RevocationListRule } from '../revocation-list-rule';

/** A reader that does not know one of these can do without it [9303-12 §7.2]. */
export const crlNonCriticalExtensions: RevocationListRule = {
  id: 'crl-non-critical-extensions',
  severity: 'warning',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'đánh dấu critical một phần mở rộng không được critical',
    en: 'marks an extension as critical that must not be',
  },
  holds: ({ list }) =>
    (['authorityKeyIdentifier', 'crlNumber', 'issuerAltName'] as const).every(
      (name) => findExtension(list, name)?.critical !== true,
    ),
};
