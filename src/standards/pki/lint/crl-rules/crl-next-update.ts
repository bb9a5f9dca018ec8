import type { RevocationListRule } from '../revocation-list-rule';

/** Without it nobody knows when the list has grown old [9303-12 §7.2]. */
export const crlNextUpdate: RevocationListRule = {
  id: 'crl-next-update',
  severity: 'error',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'thiếu nextUpdate',
    en: 'has no nextUpdate',
  },
  holds: ({ list }) => list.nextUpdate !== undefined,
};
