import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The version follows from how the signer is named [RFC 5652 §5.3]. */
export const listSignerVersion: SignedListRule = {
  id: 'list-signer-version',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: 'RFC 5652 §5.3',
  fault: {
    vi: 'phiên bản SignerInfo không hợp với cách nêu người ký',
    en: 'has a SignerInfo whose version does not fit its signer identifier',
  },
  holds: ({ signedData }) => !signedData.issues.includes('signer-version'),
};
