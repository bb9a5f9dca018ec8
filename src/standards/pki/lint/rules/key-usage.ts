import { type KeyUsage } from '../../extension-oids';
import { readKeyUsage } from '../../read-extensions';
import {
  type CertificateRole,
  type CertificateRule,
  CSCA_ROLES,
  EVERY_ROLE,
} from '../certificate-rule';

/** A key does one thing: certificates and revocation lists, or signatures [9303-12 §7.1.1.1]. */
export const keyUsage: CertificateRule = {
  id: 'key-usage',
  roles: EVERY_ROLE,
  severity: 'error',
  clause: '9303-12 §7.1.1.1',
  fault: {
    vi: 'keyUsage không đúng với loại chứng thư',
    en: 'lacks keyUsage, or has other uses than its kind',
  },
  holds: (certificate, role) => {
    const wanted = usesOf(role);
    const found = readKeyUsage(certificate);
    return found?.size === wanted.length && wanted.every((use) => found.has(use));
  },
};

function usesOf(role: CertificateRole): readonly KeyUsage[] {
  return CSCA_ROLES.includes(role) ? ['keyCertSign', 'cRLSign'] : ['digitalSignature'];
}
