import { equalBytes } from '../../../bytes/compare';
import type { RevocationListRule } from '../revocation-list-rule';

/** Whoever compares names as bytes finds no list for the certificates otherwise [9303-12 §7.2, RFC 5280 §5.1.2.3]. */
export const crlIssuerName: RevocationListRule = {
  id: 'crl-issuer-name',
  severity: 'error',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'tên issuer không trùng từng byte với subject của CSCA',
    en: 'does not name its issuer byte for byte as the CSCA names itself',
  },
  holds: ({ list, csca }) => csca === undefined || equalBytes(list.issuer.raw, csca.subject.raw),
};
