import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A period that is never is a slip of the issuer [RFC 5280 §4.1.2.5]. */
export const validityOrder: CertificateRule = {
  id: 'validity-order',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: 'RFC 5280 §4.1.2.5',
  fault: {
    vi: 'thời hạn kết thúc trước khi bắt đầu',
    en: 'ends before it begins',
  },
  holds: ({ validity }) => validity.from < validity.until,
};
