/** The verdict in one sentence, and words of the whole report. */
export const VERDICT_TEXTS = {
  'verdict.pass': {
    vi: 'Đạt: tất cả {passed} phép kiểm tra đều đúng.',
    en: 'Good: all {passed} checks passed.',
  },
  'verdict.pass-with-warnings': {
    vi: 'Đạt, có {warnings} cảnh báo: {first}',
    en: 'Good, with {warnings} warning(s): {first}',
  },
  'verdict.fail': { vi: 'Không đạt: {first}', en: 'Refused: {first}' },
  'verdict.fail-more': {
    vi: 'Không đạt: {first} (và {more} lỗi khác)',
    en: 'Refused: {first} (and {more} more)',
  },
  'check.broke-off': {
    vi: 'Phép kiểm tra này dừng giữa chừng do lỗi của chương trình; kết quả không dùng được.',
    en: 'This check broke off because of an error in the program; its answer cannot be used.',
  },
} as const;
