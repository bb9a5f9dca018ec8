import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** An empty list says nothing [9303-3 §7]. */
export const deviationListFilled: SignedListRule = {
  id: 'deviation-list-filled',
  kinds: ['deviation-list'],
  severity: 'error',
  clause: '9303-3 §7',
  fault: {
    vi: 'không nêu sai lệch nào',
    en: 'names no deviation',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined || readDeviationListContent(content).deviations.length > 0,
};
