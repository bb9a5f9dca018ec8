import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A reader verifies with what travels along [9303-12 §9, §10]. */
export const listSignerCertificate: SignedListRule = {
  id: 'list-signer-certificate',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'không kèm chứng thư của người ký',
    en: 'does not carry the certificate of its signer',
  },
  holds: ({ signer, certificate }) =>
    // An absent signer is the fault of another rule.
    signer === undefined || certificate !== undefined,
};
