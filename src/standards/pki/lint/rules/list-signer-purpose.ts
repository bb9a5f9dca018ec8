import { LIST_SIGNER_PURPOSES } from '../../extension-oids';
import { readExtKeyUsage } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** A signer of master lists signs nothing else, and no other signer signs them [9303-12 §7.1]. */
export const listSignerPurpose: CertificateRule = {
  id: 'list-signer-purpose',
  roles: ['ml-signer', 'dl-signer'],
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'extKeyUsage không đúng mục đích ký danh sách',
    en: 'does not have the one extKeyUsage of its kind of list',
  },
  holds: (certificate, role) => {
    const [purpose, ...others] = readExtKeyUsage(certificate) ?? [];
    const wanted = role === 'ml-signer' ? 'masterList' : 'deviationList';
    return others.length === 0 && purpose === LIST_SIGNER_PURPOSES[wanted];
  },
};
