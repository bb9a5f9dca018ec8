import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** What deviates is of no use without how [9303-3 §7]. */
export const deviationDescribed: SignedListRule = {
  id: 'deviation-described',
  kinds: ['deviation-list'],
  severity: 'error',
  clause: '9303-3 §7',
  fault: {
    vi: 'có sai lệch không kèm mô tả',
    en: 'names documents without what is wrong with them',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readDeviationListContent(content).deviations.every(
      ({ descriptions }) => descriptions.length > 0,
    ),
};
