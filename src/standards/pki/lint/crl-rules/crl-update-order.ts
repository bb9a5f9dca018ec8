import type { RevocationListRule } from '../revocation-list-rule';

/** A list that has run out before it was issued is a slip of the issuer [RFC 5280 §5.1.2.5]. */
export const crlUpdateOrder: RevocationListRule = {
  id: 'crl-update-order',
  severity: 'error',
  clause: 'RFC 5280 §5.1.2.5',
  fault: {
    vi: 'nextUpdate không sau thisUpdate',
    en: 'has a nextUpdate that is not after its thisUpdate',
  },
  holds: ({ list: { thisUpdate, nextUpdate } }) =>
    nextUpdate === undefined || thisUpdate < nextUpdate,
};
