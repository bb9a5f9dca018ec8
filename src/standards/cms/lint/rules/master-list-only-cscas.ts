import { parseCertificate } from '../../../pki/certificate';
import { CSCA_ROLES } from '../../../pki/lint/certificate-rule';
import { recogniseRole } from '../../../pki/lint/certificate-role';
import { readMasterListContent } from '../../master-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** Roots and links of States, and nobody else, are trusted through a master list [9303-12 §9]. */
export const masterListOnlyCscas: SignedListRule = {
  id: 'master-list-only-cscas',
  kinds: ['master-list'],
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'chứa chứng thư không phải của CSCA',
    en: 'lists a certificate that is none of a CSCA',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readMasterListContent(content).certificates.every((bytes) =>
      CSCA_ROLES.includes(recogniseRole(parseCertificate(bytes))),
    ),
};
