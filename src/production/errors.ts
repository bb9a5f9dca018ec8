/** What the station does next with the card in hand and with the line. */
export type Consequence =
  | 'retry-card'
  | 'spoil-card'
  | 'return-record'
  | 'stop-batch'
  | 'stop-line'
  | 'call-custodian'
  | 'correct-input';

/** `no`: the content is not right; `misuse`: the command; `world`: a part failed. Exit 1, 2, 3. */
export type ErrorKind = 'no' | 'misuse' | 'world';

interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly consequence: Consequence;
  readonly vi: string;
  readonly en: string;
  /** What a person can do about it; one sentence. */
  readonly hint: string;
}

/**
 * Every way in which the world can fail the line. The code is the key of the message in both
 * languages, the log field and the anchor in docs/errors.md; texts carry no holder data.
 */
export const ERRORS = {
  USAGE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Lệnh dùng sai',
    en: 'the command was used wrongly',
    hint: 'run the command with --help',
  },
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
  SIGNATURE_WRONG: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Chữ ký vừa tạo không kiểm tra được',
    en: 'what was just signed does not verify',
    hint: 'stop signing and have the HSM examined',
  },
  SIGNER_OUTSIDE_PERIOD: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Khóa ký ngoài thời hạn sử dụng',
    en: 'the document signer is outside its period of use',
    hint: 'have a custodian put the next document signer into use',
  },
  SIGNER_NONE_READY: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Không có khóa ký nào sẵn sàng',
    en: 'no document signer is ready to sign',
    hint: '`persoline key status` tells which are used up; custodians add the next with `key rotate`',
  },
  FOUR_EYES_REFUSED: {
    kind: 'no',
    consequence: 'call-custodian',
    vi: 'Chưa đủ người phê duyệt',
    en: 'this may not be done alone',
    hint: 'other custodians approve the proposal with `persoline custodian approve`',
  },
  PASSPHRASE_WRONG: {
    kind: 'no',
    consequence: 'correct-input',
    vi: 'Sai cụm mật khẩu',
    en: 'the passphrase does not open the key file',
    hint: 'give the passphrase with which the key file was made',
  },
  CEREMONY_INVALID: {
    kind: 'no',
    consequence: 'correct-input',
    vi: 'Tệp kịch bản lễ tạo khóa không hợp lệ',
    en: 'the ceremony file is not right',
    hint: 'correct the named lines and have the file reviewed again',
  },
  CEREMONY_INTERRUPTED: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Lễ tạo khóa bị gián đoạn',
    en: 'the ceremony stopped before its end',
    hint: 'run the same command again: it says what it resumes and what it rolls back',
  },
  KEYS_NOT_FOR_PRODUCTION: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Khóa không dùng được cho sản xuất',
    en: 'these keys are not for production',
    hint: 'use keys of a hardware HSM, with a check value, that are nobody’s default',
  },
  HSM_PIN_WRONG: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Sai mã PIN của HSM',
    en: 'the HSM refused the PIN',
    hint: 'give the PIN of this key directory',
  },
  HSM_LOCKED: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'HSM bị khóa',
    en: 'the HSM is locked after wrong PINs',
    hint: 'have a custodian unlock it',
  },
  HSM_KEY_MISSING: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'HSM không có khóa này',
    en: 'the HSM has no such key',
    hint: 'create the keys with `persoline key init`',
  },
  HSM_WRONG_USE: {
    kind: 'world',
    consequence: 'call-custodian',
    vi: 'Khóa không dùng cho mục đích này',
    en: 'the key is not for this purpose',
    hint: 'use the key that was made for it',
  },
  HSM_FAILED: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'HSM không hoạt động',
    en: 'the HSM failed',
    hint: 'check the HSM; nothing was counted as signed',
  },
  CERTIFICATE_FAULTY: {
    kind: 'no',
    consequence: 'call-custodian',
    vi: 'Chứng thư không đúng quy cách của Doc 9303',
    en: 'a certificate is against the profile of Doc 9303',
    hint: 'correct what the named rules ask for; nothing was signed',
  },
  READER_NONE: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Không có đầu đọc thẻ',
    en: 'there is no such card reader',
    hint: 'check that pcscd runs and the reader is plugged in; `persoline doctor` lists readers',
  },
  READER_BUSY: {
    kind: 'world',
    consequence: 'retry-card',
    vi: 'Đầu đọc thẻ đang bị chương trình khác giữ',
    en: 'another program holds the card reader',
    hint: 'end the other program, or give it a reader of its own',
  },
  READER_UNAVAILABLE: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Không dùng được PC/SC',
    en: 'PC/SC is not available',
    hint: 'install pcscd and libpcsclite-dev, then run npm install',
  },
  READER_NO_CARD: {
    kind: 'world',
    consequence: 'retry-card',
    vi: 'Không có thẻ trong đầu đọc',
    en: 'no card came into the reader in time',
    hint: 'put a card on the reader',
  },
  CARD_LOST: {
    kind: 'world',
    consequence: 'spoil-card',
    vi: 'Mất liên lạc với chip',
    en: 'the card was pulled or lost',
    hint: 'put the same card back to have it probed, or spoil it',
  },
  CARD_MUTE: {
    kind: 'world',
    consequence: 'spoil-card',
    vi: 'Chip không trả lời',
    en: 'the chip does not answer',
    hint: 'put the same card back to have it probed, or spoil it',
  },
  CARD_NOT_BLANK: {
    kind: 'no',
    consequence: 'retry-card',
    vi: 'Thẻ không trắng',
    en: 'the card is not blank',
    hint: 'take a blank card of the right type; set this one aside',
  },
  CARD_WRONG_TYPE: {
    kind: 'no',
    consequence: 'retry-card',
    vi: 'Thẻ sai loại',
    en: 'the card is not of the chip type of the profile',
    hint: 'take a card of the right lot',
  },
  CARD_WITHOUT_SERIAL: {
    kind: 'no',
    consequence: 'retry-card',
    vi: 'Không đọc được số chip',
    en: 'the chip tells no serial number',
    hint: 'take a card of the right lot, or a reader that tells the number of contactless cards',
  },
  CARD_REFUSED: {
    kind: 'no',
    consequence: 'spoil-card',
    vi: 'Chip từ chối lệnh',
    en: 'the chip answered an error',
    hint: 'the status word says why; spoil the card when it happens again',
  },
  CARD_ACCESS_DENIED: {
    kind: 'no',
    consequence: 'correct-input',
    vi: 'Không mở được chip',
    en: 'the chip refused access',
    hint: 'check the MRZ or the CAN',
  },
  CARD_CHANNEL_FAILED: {
    kind: 'world',
    consequence: 'spoil-card',
    vi: 'Không mở hoặc không giữ được kênh an toàn với thẻ',
    en: 'the secure channel with the card could not be opened or did not last',
    hint: 'check that the chip profile names the keys that this lot was delivered with',
  },
  CHIP_INSPECTION_FAILED: {
    kind: 'no',
    consequence: 'spoil-card',
    vi: 'Chip không đạt kiểm tra',
    en: 'the chip did not pass its inspection',
    hint: 'the inspection report names each failed check',
  },
  INPUT_UNREADABLE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không đọc được tệp',
    en: 'a file or folder cannot be read',
    hint: 'check the path and its permissions',
  },
  INPUT_MALFORMED: {
    kind: 'no',
    consequence: 'correct-input',
    vi: 'Nội dung không đúng định dạng',
    en: 'the content is malformed',
    hint: 'the message names the place',
  },
  OUTPUT_UNWRITABLE: {
    kind: 'misuse',
    consequence: 'correct-input',
    vi: 'Không ghi được kết quả',
    en: 'the result cannot be written',
    hint: 'check the folder given with --out',
  },
  DATABASE_UNAVAILABLE: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Không kết nối được cơ sở dữ liệu',
    en: 'the database cannot be reached',
    hint: 'check DATABASE_URL and that PostgreSQL runs',
  },
  DATABASE_MISMATCH: {
    kind: 'world',
    consequence: 'stop-line',
    vi: 'Cơ sở dữ liệu không khớp với chương trình',
    en: 'the database does not fit this program',
    hint: '`persoline service migrate` brings an older database up; a newer one needs a newer program',
  },
  STATE_CONFLICT: {
    kind: 'world',
    consequence: 'retry-card',
    vi: 'Trạng thái đã thay đổi',
    en: 'document or card is not in the expected state',
    hint: 'look at the document with `persoline document trace`',
  },
  TOOL_MISSING: {
    kind: 'world',
    consequence: 'correct-input',
    vi: 'Thiếu chương trình cần thiết',
    en: 'a program that is needed is not installed',
    hint: 'scripts/run installs what is needed',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The world failed, or the input is wrong: a stable code, a place and a cause, no holder data. */
export class ProductionError extends Error {
  override readonly name = 'ProductionError';
  readonly consequence: Consequence;

  constructor(
    readonly code: ErrorCode,
    /** Where: a file and line, a field, a reader, a step. */
    readonly place: string,
    /** What exactly was found, one clause or several, without holder data. */
    readonly reasons: readonly string[] = [],
    options?: { readonly cause?: unknown },
  ) {
    super([`${ERRORS[code].en}: ${place}`, ...reasons].join('; '), options);
    this.consequence = ERRORS[code].consequence;
  }
}
