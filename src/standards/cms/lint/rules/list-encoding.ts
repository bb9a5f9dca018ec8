import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** In DER from end to end, so that everybody hashes the same bytes [9303-12 §9]. */
export const listEncoding: SignedListRule = {
  id: 'list-encoding',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §9',
  fault: {
    vi: 'không mã hóa DER hoặc có byte thừa ở cuối',
    en: 'is not DER, or has bytes behind its end',
  },
  holds: ({ signedData: { issues } }) =>
    !issues.includes('not-der') && !issues.includes('trailing-bytes'),
};
