import { readDeviationListContent } from '../../deviation-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** Two characters, as the MRZ begins [9303-3 §7]. */
export const deviationDocumentType: SignedListRule = {
  id: 'deviation-document-type',
  kinds: ['deviation-list'],
  severity: 'warning',
  clause: '9303-3 §7',
  fault: {
    vi: 'có mã loại giấy tờ không gồm hai ký tự',
    en: 'names a document type that is not two characters',
  },
  holds: ({ signedData: { content } }) =>
    content === undefined ||
    readDeviationListContent(content).deviations.every(
      ({ documentType }) => documentType === undefined || /^[A-Z][A-Z<]$/.test(documentType),
    ),
};
