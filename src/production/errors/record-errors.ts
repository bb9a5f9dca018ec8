import type { ErrorEntry } from './error-entry';

/** Records and pictures as they come in from the register. */
export const RECORD_ERRORS = {
  RECORD_INVALID: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Hồ sơ không hợp lệ',
    en: 'the record is not right',
    hint: 'correct the named fields in the register and approve the record again',
  },
  RECORD_CHANGED: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Hồ sơ cùng phiên bản nhưng nội dung khác',
    en: 'the same record version was pulled before with other content',
    hint: 'a changed record needs a higher recordVersion',
  },
  RECORD_IN_PRODUCTION: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Hồ sơ đã đưa vào sản xuất',
    en: 'an earlier version of the record is already in production',
    hint: 'wait for the card, then apply for a new document',
  },
  RECORD_SUPERSEDED: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Đã có phiên bản hồ sơ mới hơn',
    en: 'a later version of the record is already known',
    hint: 'nothing to do when the later version is the right one; otherwise approve a higher one',
  },
  SOURCE_UNREADABLE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không đọc được nguồn hồ sơ',
    en: 'the record source cannot be read',
    hint: 'check the path or the database address given with --source',
  },
  PICTURE_MISSING: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Thiếu ảnh',
    en: 'a picture is missing',
    hint: 'put the picture where the record says it is',
  },
  PICTURE_UNREADABLE: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Không đọc được ảnh',
    en: 'a picture cannot be decoded',
    hint: 'deliver an undamaged JPEG, JPEG 2000 or PNG',
  },
  PICTURE_TOO_LARGE: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Ảnh quá lớn',
    en: 'a picture is larger than allowed',
    hint: 'deliver the picture within the limits of docs/record-format.md',
  },
  PICTURE_TOO_SMALL: {
    kind: 'no',
    consequence: 'return-record',
    vi: 'Ảnh quá nhỏ',
    en: 'a picture is smaller than allowed',
    hint: 'deliver the picture within the limits of docs/record-format.md',
  },
} as const satisfies Record<string, ErrorEntry>;
