import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** It says for which documents a signer speaks [9303-12 §7.1.1.6]. */
export const documentTypeList: CertificateRule = {
  id: 'document-type-list',
  roles: ['dsc'],
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'thiếu documentTypeList',
    en: 'has no documentTypeList',
  },
  holds: (certificate) => findExtension(certificate, 'documentTypeList') !== undefined,
};
