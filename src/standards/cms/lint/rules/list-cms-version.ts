import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** Version 3, whatever the content would need [9303-12 §9, §10]. */
export const listCmsVersion: SignedListRule = {
  id: 'list-cms-version',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'phiên bản SignedData không phải 3',
    en: 'has a SignedData that is not version 3',
  },
  holds: ({ signedData }) => signedData.version === 3,
};
