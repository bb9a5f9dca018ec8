import type { RevocationListRule } from '../revocation-list-rule';

/** Extensions exist in version 2 alone [9303-12 §7.2]. */
export const crlVersion: RevocationListRule = {
  id: 'crl-version',
  severity: 'error',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'không phải CRL X.509 phiên bản 2',
    en: 'is no X.509 revocation list of version 2',
  },
  holds: ({ list }) => list.version === 2,
};
