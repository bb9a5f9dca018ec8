import { equalBytes } from '../../../bytes/compare';
import type { RevocationListRule } from '../revocation-list-rule';

/** The one outside is not signed [RFC 5280 §5.1.1.2]. */
export const crlSameSignatureAlgorithm: RevocationListRule = {
  id: 'crl-same-signature-algorithm',
  severity: 'error',
  clause: 'RFC 5280 §5.1.1.2',
  fault: {
    vi: 'thuật toán ký bên trong và bên ngoài khác nhau',
    en: 'names another signature algorithm inside than outside the signed part',
  },
  holds: ({ list }) => equalBytes(list.signatureIdentifier, list.tbsSignatureIdentifier),
};
