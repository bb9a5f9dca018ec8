import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** Revocation lists are published by themselves [9303-12 §9]. */
export const listNoCrls: SignedListRule = {
  id: 'list-no-crls',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'nhúng danh sách thu hồi',
    en: 'embeds revocation lists',
  },
  holds: ({ signedData }) => signedData.crls.length === 0,
};
