import { findExtension } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** A CSCA signs no documents [9303-12 §7.1]. */
export const noDocumentTypesInCsca: CertificateRule = {
  id: 'no-document-types-in-csca',
  roles: ['csca', 'csca-link', 'ml-signer', 'dl-signer'],
  severity: 'warning',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'có documentTypeList, vốn chỉ dành cho DSC',
    en: 'has a documentTypeList, which belongs into a document signer only',
  },
  holds: (certificate) => findExtension(certificate, 'documentTypeList') === undefined,
};
