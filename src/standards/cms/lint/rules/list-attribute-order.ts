import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A SET in DER has one order [RFC 5652 §5.3]. */
export const listAttributeOrder: SignedListRule = {
  id: 'list-attribute-order',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: 'RFC 5652 §5.3',
  fault: {
    vi: 'thuộc tính được ký không theo thứ tự DER',
    en: 'has signed attributes in another order than that of DER',
  },
  holds: ({ signedData }) => !signedData.issues.includes('attributes-unordered'),
};
