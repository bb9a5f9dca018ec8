import { recogniseRole } from '../../../pki/lint/certificate-role';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A signer of lists has a purpose of its own, and a CSCA signs certificates and revocation lists only [9303-12 §7.1, §9]. */
export const listSignerRole: SignedListRule = {
  id: 'list-signer-role',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: '9303-12 §7.1 table 6',
  fault: {
    vi: 'người ký không phải người ký loại danh sách này',
    en: 'is signed by a certificate that is not for this kind of list',
  },
  holds: ({ kind, certificate }) =>
    certificate === undefined ||
    recogniseRole(certificate) === (kind === 'master-list' ? 'ml-signer' : 'dl-signer'),
};
