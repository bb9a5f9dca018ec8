import type { RevocationListRule } from '../revocation-list-rule';

/** An entry is a number and a date: revoked is revoked, whatever the reason [9303-12 §7.2]. */
export const crlPlainEntries: RevocationListRule = {
  id: 'crl-plain-entries',
  severity: 'warning',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'có mục ghi lý do, ngày mất hiệu lực hoặc lệnh tạm giữ',
    en: 'has an entry with a reason, an invalidity date or a hold instruction',
  },
  holds: ({ list }) =>
    list.revoked.every(({ extensions }) => !extensions.some(({ oid }) => FORBIDDEN.includes(oid))),
};

/** reasonCode, holdInstructionCode, invalidityDate. */
const FORBIDDEN: readonly string[] = ['2.5.29.21', '2.5.29.23', '2.5.29.24'];
