import { equalBytes } from '../../../bytes/compare';
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from '../../read-extensions';
import type { RevocationListRule } from '../revocation-list-rule';

/** A reader that follows the identifier would look for another CSCA [9303-12 §7.2]. */
export const crlAuthorityKey: RevocationListRule = {
  id: 'crl-authority-key',
  severity: 'warning',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'authorityKeyIdentifier không chỉ khóa của CSCA đã ký',
    en: 'names another key in its authorityKeyIdentifier than that of its CSCA',
  },
  holds: ({ list, csca }) => {
    const named = readAuthorityKeyIdentifier(list);
    const own = csca && readSubjectKeyIdentifier(csca);
    return named === undefined || own === undefined || equalBytes(named, own);
  },
};
