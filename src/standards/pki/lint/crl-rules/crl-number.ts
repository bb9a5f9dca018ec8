import { findExtension } from '../../read-extensions';
import type { RevocationListRule } from '../revocation-list-rule';

/** It tells the newer of two lists [9303-12 §7.2]. */
export const crlNumber: RevocationListRule = {
  id: 'crl-number',
  severity: 'error',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'thiếu cRLNumber',
    en: 'has no cRLNumber',
  },
  holds: ({ list }) => findExtension(list, 'crlNumber') !== undefined,
};
