import { readMasterListContent } from '../../master-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** An empty list says nothing [9303-12 §9]. */
export const masterListFilled: SignedListRule = {
  id: 'master-list-filled',
  kinds: ['master-list'],
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'không có chứng thư nào',
    en: 'has no certificate in it',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined || readMasterListContent(content).certificates.length > 0,
};
