import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Policy mappings, name and policy constraints, any policy, freshest CRL, Netscape type. */
const FORBIDDEN = [
  '2.5.29.33',
  '2.5.29.30',
  '2.5.29.36',
  '2.5.29.54',
  '2.5.29.46',
  '2.16.840.1.113730.1.1',
];

/** The PKI of Doc 9303 has no use for them [9303-12 §7.1]. */
export const forbiddenExtensions: CertificateRule = {
  id: 'forbidden-extensions',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'có phần mở rộng bị Doc 9303 cấm',
    en: 'has an extension that Doc 9303 forbids',
  },
  holds: ({ extensions }) => !extensions.some(({ oid }) => FORBIDDEN.includes(oid)),
};
