import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** Whatever stands there anybody may have added [9303-12 §9]. */
export const listUnsignedAttributes: SignedListRule = {
  id: 'list-unsigned-attributes',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'có thuộc tính không được ký',
    en: 'has unsigned attributes',
  },
  holds: ({ signedData }) => !signedData.issues.includes('unsigned-attributes'),
};
