import { parseDer } from '../../../asn1/read';
import { parseSignatureIdentifier } from '../../../crypto/signature-algorithms';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

const PLACE = 'certificate, signature algorithm';

/** SHA-1 was allowed in earlier editions, so a certificate of that time is read with a warning [9303-12 §4.1.6.4]. */
export const signatureDigest: CertificateRule = {
  id: 'signature-digest',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §4.1.6.4',
  fault: {
    vi: 'được ký bằng SHA-1, nay không còn được phép',
    en: 'is signed with SHA-1, which is no longer allowed',
  },
  holds: ({ signatureIdentifier }) =>
    parseSignatureIdentifier(parseDer(signatureIdentifier, PLACE), PLACE).digest !== 'sha1',
};
