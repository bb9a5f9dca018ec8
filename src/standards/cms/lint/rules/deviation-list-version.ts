import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** There is one version [9303-3 §7]. */
export const deviationListVersion: SignedListRule = {
  id: 'deviation-list-version',
  kinds: ['deviation-list'],
  severity: 'error',
  clause: '9303-3 §7',
  fault: {
    vi: 'phiên bản của DeviationList không phải 0',
    en: 'has a DeviationList that is not version 0',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined || readDeviationListContent(content).version === 0,
};
