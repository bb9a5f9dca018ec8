import type { RevocationListRule } from '../revocation-list-rule';

/** Two readers could take different ones [RFC 5280 §4.2, §5.2]. */
export const crlRepeatedExtension: RevocationListRule = {
  id: 'crl-repeated-extension',
  severity: 'error',
  clause: 'RFC 5280 §5.2',
  fault: {
    vi: 'có một phần mở rộng lặp lại',
    en: 'has an extension twice',
  },
  holds: ({ list }) =>
    [list, ...list.revoked].every(
      ({ extensions }) => new Set(extensions.map(({ oid }) => oid)).size === extensions.length,
    ),
};
