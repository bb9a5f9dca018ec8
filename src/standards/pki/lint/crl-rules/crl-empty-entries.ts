import { derChildren, parseDer } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import type { RevocationListRule } from '../revocation-list-rule';

/** Where nothing is revoked the member is absent [9303-12 §7.2, RFC 5280 §5.1.2.6]. */
export const crlEmptyEntries: RevocationListRule = {
  id: 'crl-empty-entries',
  severity: 'warning',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'có revokedCertificates rỗng',
    en: 'has revokedCertificates with nothing in them',
  },
  holds: ({ list }) =>
    // Everything else in a list that is a SEQUENCE has contents.
    derChildren(parseDer(list.tbs, 'CRL')).every(
      ({ tag, value }, index) => index < FIRST_OPTIONAL || tag !== TAG.sequence || value.length > 0,
    ),
};

/** Behind version, algorithm, issuer and thisUpdate. */
const FIRST_OPTIONAL = 4;
