import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** Which documents: by type, signer, time of issue or number [9303-3 §7]. */
export const deviationDocuments: SignedListRule = {
  id: 'deviation-documents',
  kinds: ['deviation-list'],
  severity: 'warning',
  clause: '9303-3 §7',
  fault: {
    vi: 'có sai lệch không nói về giấy tờ nào',
    en: 'does not say which documents deviate',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readDeviationListContent(content).deviations.every(
      ({ documentType, signer, issued, documentNumbers }) =>
        [documentType, signer, issued, documentNumbers].some((member) => member !== undefined),
    ),
};
