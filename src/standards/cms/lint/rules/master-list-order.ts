import { compareBytes } from '../../../bytes/compare';
import { readMasterListContent } from '../../master-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** A SET OF in DER is sorted [X.690 §11.6]. */
export const masterListOrder: SignedListRule = {
  id: 'master-list-order',
  kinds: ['master-list'],
  severity: 'warning',
  clause: 'X.690 §11.6',
  fault: {
    vi: 'các chứng thư không theo thứ tự DER của SET OF',
    en: 'does not have its certificates in the order of a SET OF in DER',
  },
  holds: ({ signedData: { content } }) => {
    if (content === undefined) return true;
    const { certificates } = readMasterListContent(content);
    return certificates.every(
      (one, index) => compareBytes(certificates[index - 1] ?? one, one) <= 0,
    );
  },
};
