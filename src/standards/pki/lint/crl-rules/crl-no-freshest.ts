import type { RevocationListRule } from '../revocation-list-rule';

/** It points to a delta, of which there is none [9303-12 §7.2]. */
export const crlNoFreshest: RevocationListRule = {
  id: 'crl-no-freshest',
  severity: 'warning',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'có freshestCRL, vốn trỏ tới CRL delta',
    en: 'has a freshestCRL, which points to a delta',
  },
  holds: ({ list }) => !list.extensions.some(({ oid }) => oid === FRESHEST_CRL),
};

const FRESHEST_CRL = '2.5.29.46';
