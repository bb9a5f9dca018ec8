import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** One State signs, once [9303-12 §9]. */
export const listOneSigner: SignedListRule = {
  id: 'list-one-signer',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'có nhiều người ký',
    en: 'has more than one signer',
  },
  holds: ({ signedData }) => signedData.signers.length < 2,
};
