import { EXTENSION_OIDS } from '../../extension-oids';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Whoever does not understand it must refuse the certificate [RFC 5280 §4.2]. */
export const unknownCriticalExtension: CertificateRule = {
  id: 'unknown-critical-extension',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: 'RFC 5280 §4.2',
  fault: {
    vi: 'có phần mở rộng critical không rõ nghĩa',
    en: 'has a critical extension that is not understood',
  },
  holds: ({ extensions }) =>
    extensions.every(
      ({ oid, critical }) => !critical || Object.values<string>(EXTENSION_OIDS).includes(oid),
    ),
};
