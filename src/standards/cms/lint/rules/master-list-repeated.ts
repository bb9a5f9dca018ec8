import { encodeHex } from '../../../bytes/hex';
import { readMasterListContent } from '../../master-list-content';
import type { SignedListRule } from '../signed-list-rule';

/** Each certificate once [9303-12 §9]. */
export const masterListRepeated: SignedListRule = {
  id: 'master-list-repeated',
  kinds: ['master-list'],
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'nêu một chứng thư hai lần',
    en: 'lists a certificate twice',
  },
  holds: ({ signedData: { content } }) => {
    if (content === undefined) return true;
    const { certificates } = readMasterListContent(content);
    return new Set(certificates.map(encodeHex)).size === certificates.length;
  },
};
