import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** A detached signature is over nothing that a reader has [9303-12 §9, §10]. */
export const listContent: SignedListRule = {
  id: 'list-content',
  kinds: EVERY_LIST,
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'không có nội dung',
    en: 'has no content',
  },
  holds: ({ signedData }) => signedData.content !== undefined,
};
