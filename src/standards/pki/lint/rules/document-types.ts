import { readDocumentTypes } from '../../read-extensions';
import type { CertificateRule } from '../certificate-rule';

/** Document codes as in the MRZ [9303-12 §7.1.1.6]. */
export const documentTypes: CertificateRule = {
  id: 'document-types',
  roles: ['dsc'],
  severity: 'warning',
  clause: '9303-12 §7.1.1.6',
  fault: {
    vi: 'documentTypeList có mã không phải một hoặc hai chữ cái',
    en: 'lists a document type that is not one or two letters',
  },
  holds: (certificate) =>
    (readDocumentTypes(certificate) ?? []).every((type) => /^[A-Z][A-Z<]?$/.test(type)),
};
