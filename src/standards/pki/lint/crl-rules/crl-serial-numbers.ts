import type { RevocationListRule } from '../revocation-list-rule';

/** As certificates have them: positive, at most 20 bytes [9303-12 §7.1, RFC 5280 §5.1.2.6]. */
export const crlSerialNumbers: RevocationListRule = {
  id: 'crl-serial-numbers',
  severity: 'warning',
  clause: '9303-12 §7.1 table 5',
  fault: {
    vi: 'có số sê-ri không phải số dương dài tối đa 20 byte',
    en: 'lists a serial number that is not positive or longer than 20 bytes',
  },
  holds: ({ list }) =>
    list.revoked.every(
      ({ serialNumber: { length, 0: first = 0x80 } }) => length <= MAX_SERIAL_BYTES && first < 0x80,
    ),
};

const MAX_SERIAL_BYTES = 20;
