import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A list without a signer vouches for nothing [9303-12 §9, §10]. */
export const listSigner: SignedListRule = {
  id: 'list-signer',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'không có người ký',
    en: 'has no signer',
  },
  holds: ({ signedData }) => signedData.signers.length > 0,
};
