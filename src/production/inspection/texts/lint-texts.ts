/** Words of the lint of single objects. */
export const LINT_TEXTS = {
  'lint.unknown': {
    vi: 'Không phải chứng thư, danh sách thu hồi, master list, deviation list hay tệp của LDS.',
    en: 'It is no certificate, revocation list, master list, deviation list or file of the LDS.',
  },
  'lint.unreadable': { vi: 'Không đọc được.', en: 'It cannot be read.' },
  'lint.signature': {
    vi: 'Chữ ký không khớp với khóa của người ký.',
    en: 'Its signature does not fit the key of its signer.',
  },
  'lint.kind-certificate': { vi: 'chứng thư', en: 'certificate' },
  'lint.kind-revocation-list': { vi: 'danh sách thu hồi (CRL)', en: 'revocation list' },
  'lint.kind-master-list': { vi: 'master list', en: 'master list' },
  'lint.kind-deviation-list': { vi: 'deviation list', en: 'deviation list' },
  'lint.kind-elementary-files': { vi: 'tệp của LDS', en: 'files of the LDS' },
  'lint.kind-unknown': { vi: 'không rõ là gì', en: 'not known what it is' },
  'lint.clean': { vi: 'đúng, {rules} quy tắc', en: 'right, {rules} rules' },
  'lint.counts': {
    vi: '{errors} lỗi, {warnings} cảnh báo',
    en: '{errors} error(s), {warnings} warning(s)',
  },
} as const;
