import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The key identifier is the recommended name of the signer [9303-12 §9]. */
export const listKeyIdentifier: SignedListRule = {
  id: 'list-key-identifier',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'nêu người ký bằng issuer và số sê-ri thay vì keyIdentifier',
    en: 'names its signer by issuer and serial number where the key identifier is recommended',
  },
  holds: ({ signer }) => signer === undefined || signer.signerId.type === 'subjectKeyIdentifier',
};
