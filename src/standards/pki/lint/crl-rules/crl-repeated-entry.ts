import { encodeHex } from '../../../bytes/hex';
import type { RevocationListRule } from '../revocation-list-rule';

/** A certificate is revoked once and for all [RFC 5280 §5.1.2.6]. */
export const crlRepeatedEntry: RevocationListRule = {
  id: 'crl-repeated-entry',
  severity: 'warning',
  clause: 'RFC 5280 §5.1.2.6',
  fault: {
    vi: 'nêu một số sê-ri hai lần',
    en: 'names a serial number twice',
  },
  holds: ({ list: { revoked } }) =>
    new Set(revoked.map(({ serialNumber }) => encodeHex(serialNumber))).size === revoked.length,
};
