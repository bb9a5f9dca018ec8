import type { RevocationListRule } from '../revocation-list-rule';

/** A State issues a list every 90 days at least, revoked certificates or not [9303-12 §4]. */
export const crlUpdateInterval: RevocationListRule = {
  id: 'crl-update-interval',
  severity: 'warning',
  clause: '9303-12 §4',
  fault: {
    vi: 'nextUpdate cách thisUpdate hơn 90 ngày',
    en: 'leaves more than 90 days until the next list',
  },
  holds: ({ list: { thisUpdate, nextUpdate } }) =>
    nextUpdate === undefined || nextUpdate.getTime() - thisUpdate.getTime() <= MAX_INTERVAL_MS,
};

const MAX_INTERVAL_MS = 90 * 86_400_000;
