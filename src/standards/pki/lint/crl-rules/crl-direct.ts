import type { RevocationListRule } from '../revocation-list-rule';

/** Each State lists its own certificates: an entry of another issuer would revoke by accident [9303-12 §7.2]. */
export const crlDirect: RevocationListRule = {
  id: 'crl-direct',
  severity: 'error',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'có mục của một issuer khác (certificateIssuer)',
    en: 'has an entry of another issuer (certificateIssuer)',
  },
  holds: ({ list }) =>
    list.revoked.every(
      ({ extensions }) => !extensions.some(({ oid }) => oid === CERTIFICATE_ISSUER),
    ),
};

const CERTIFICATE_ISSUER = '2.5.29.29';
