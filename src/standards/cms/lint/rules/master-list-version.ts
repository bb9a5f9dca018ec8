import { readMasterListContent } from '../../master-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** There is one version [9303-12 §9]. */
export const masterListVersion: SignedListRule = {
  id: 'master-list-version',
  kinds: ['master-list'],
  severity: 'error',
  clause: '9303-12 §9',
  fault: {
    vi: 'phiên bản của CscaMasterList không phải 0',
    en: 'has a CscaMasterList that is not version 0',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined || readMasterListContent(content).version === 0,
};
