import { readAuthorityKeyIdentifier } from '../../read-extensions';
import type { RevocationListRule } from '../revocation-list-rule';

/** It tells which key of the State signed [9303-12 §7.2]. */
export const crlAuthorityKeyIdentifier: RevocationListRule = {
  id: 'crl-authority-key-identifier',
  severity: 'error',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'thiếu authorityKeyIdentifier có keyIdentifier',
    en: 'has no authorityKeyIdentifier with a key identifier',
  },
  holds: ({ list }) => readAuthorityKeyIdentifier(list) !== undefined,
};
