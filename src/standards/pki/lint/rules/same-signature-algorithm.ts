import { equalBytes } from '../../../bytes/compare';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** The one outside is not signed [RFC 5280 §4.1.1.2]. */
export const sameSignatureAlgorithm: CertificateRule = {
  id: 'same-signature-algorithm',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: 'RFC 5280 §4.1.1.2',
  fault: {
    vi: 'thuật toán ký bên trong và bên ngoài khác nhau',
    en: 'names another signature algorithm inside than outside the signed part',
  },
  holds: ({ signatureIdentifier, tbsSignatureIdentifier }) =>
    equalBytes(signatureIdentifier, tbsSignatureIdentifier),
};
