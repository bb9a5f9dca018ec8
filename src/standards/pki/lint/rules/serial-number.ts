import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Positive, at most 20 bytes [9303-12 §7.1, RFC 5280 §4.1.2.2]. */
export const serialNumber: CertificateRule = {
  id: 'serial-number',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'số sê-ri không phải số dương dài tối đa 20 byte',
    en: 'has a serial number that is not positive or longer than 20 bytes',
  },
  holds: ({ serialNumber }) =>
    serialNumber.length > 0 &&
    serialNumber.length <= 20 &&
    (serialNumber[0] ?? 0) < 0x80 &&
    serialNumber.some((byte) => byte !== 0),
};
