import { findExtension } from '../../read-extensions';
import { type CertificateRule, EVERY_ROLE } from '../certificate-rule';

/** Contact and three-letter code of the state; certificates of earlier editions have none [9303-12 §7.1.1.2]. */
export const alternativeNames: CertificateRule = {
  id: 'alternative-names',
  roles: EVERY_ROLE,
  severity: 'warning',
  clause: '9303-12 §7.1.1.2',
  fault: {
    vi: 'thiếu subjectAltName hoặc issuerAltName',
    en: 'lacks subjectAltName or issuerAltName',
  },
  holds: (certificate) =>
    findExtension(certificate, 'subjectAltName') !== undefined &&
    findExtension(certificate, 'issuerAltName') !== undefined,
};
