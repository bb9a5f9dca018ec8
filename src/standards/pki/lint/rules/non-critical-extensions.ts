import { type ExtensionName } from '../../extension-oids';
import { findExtension } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** A reader that does not know one of these can do without it [9303-12 §7.1]. */
export const nonCriticalExtensions: CertificateRule = {
  id: 'non-critical-extensions',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'đánh dấu critical một phần mở rộng không được critical',
    en: 'marks an extension as critical that must not be',
  },
  holds: (certificate) =>
    NEVER_CRITICAL.every((name) => findExtension(certificate, name)?.critical !== true),
};

const NEVER_CRITICAL: readonly ExtensionName[] = [
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'privateKeyUsagePeriod',
  'subjectAltName',
  'issuerAltName',
  'crlDistributionPoints',
  'documentTypeList',
  'nameChange',
];
