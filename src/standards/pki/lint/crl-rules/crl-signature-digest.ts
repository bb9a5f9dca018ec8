import { parseDer } from '../../../asn1/read';
import { parseSignatureIdentifier } from '../../../crypto/signature-algorithms';
import type { RevocationListRule } from '../revocation-list-rule';

/** SHA-1 was given up for everything that is signed [9303-12 §4.1.6.4]. */
export const crlSignatureDigest: RevocationListRule = {
  id: 'crl-signature-digest',
  severity: 'warning',
  clause: '9303-12 §4.1.6.4',
  fault: {
    vi: 'được ký bằng SHA-1, nay không còn được phép',
    en: 'is signed with SHA-1, which is no longer allowed',
  },
  holds: ({ list }) => {
    const place = 'CRL, signature algorithm';
    const identifier = parseDer(list.signatureIdentifier, place);
    return parseSignatureIdentifier(identifier, place).digest !== 'sha1';
  },
};
