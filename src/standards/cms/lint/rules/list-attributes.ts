import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** The hash and the type of the content are signed through them [9303-12 §9, RFC 5652 §5.3]. */
export const listAttributes: SignedListRule = {
  id: 'list-attributes',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: 'RFC 5652 §5.3',
  fault: {
    vi: 'thiếu thuộc tính được ký',
    en: 'has no signed attributes',
  },
  holds: ({ signer }) => signer === undefined || signer.signedAttributes !== undefined,
};
