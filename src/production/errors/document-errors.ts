import type { ErrorEntry } from './error-entry';

/** Profiles, faces and the files of a document before a card is spent. */
export const DOCUMENT_ERRORS = {
  PROFILE_INVALID: {
    kind: 'no',
    consequence: 'stop-batch',
    vi: 'Cấu hình thẻ không hợp lệ',
    en: 'the card profile is not right',
    hint: 'correct the named lines; `persoline profile check` shows them all',
  },
  PROFILE_UNKNOWN: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không có cấu hình thẻ này',
    en: 'there is no such product or chip profile',
    hint: '`persoline profile list` shows those that exist',
  },
  FILE_TOO_LARGE: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Tệp lớn hơn sức chứa của chip',
    en: 'a file is larger than the chip takes',
    hint: 'lower the picture budget of the product or choose a larger chip',
  },
  FACE_OVERFLOW: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Nội dung không vừa mặt thẻ',
    en: 'a text does not fit its place on the card',
    hint: 'shorten the field in the record or widen its box in the layout',
  },
  FACE_UNPRINTABLE: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Không in được nội dung lên mặt thẻ',
    en: 'something on the card face cannot be printed',
    hint: 'the reason names the field; correct it in the record or in the layout',
  },
  DOCUMENT_FAULTY: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Dữ liệu của chip không đúng Doc 9303 nên không được ký',
    en: 'the files of the chip are not as Doc 9303 has them; nothing was signed',
    hint: 'correct what the named checks of docs/conformity.md ask for',
  },
} as const satisfies Record<string, ErrorEntry>;
