import type { ApprovedRecord } from '../document/approved-record';

/** Something about a record that is allowed and that a person should still have seen. */
export interface HolderWarning {
  readonly code: HolderWarningCode;
  readonly field: keyof ApprovedRecord;
  readonly vi: string;
  readonly en: string;
  /** What was measured; it tells nothing of who the holder is. */
  readonly figures?: string;
}

/** Texts carry no holder data; the field says where to look. */
export const HOLDER_WARNINGS = {
  NAME_TRUNCATED: {
    vi: 'Họ tên dài hơn vùng MRZ nên được rút gọn trong MRZ',
    en: 'the name is longer than its place in the MRZ and stands there shortened',
  },
  DG13_ITEM_LONG: {
    vi: 'Nội dung dài hơn 127 byte trong DG13, nhiều phần mềm đọc thẻ sẽ không đọc được',
    en: 'the item in DG13 is longer than 127 bytes, which most reading programs do not find',
  },
  BIOMETRICS_OUTDATED: {
    vi: 'Từ ngày 01/01/2030 dữ liệu sinh trắc phải theo ISO/IEC 39794',
    en: 'biometric data of a document issued since 2030-01-01 follows ISO/IEC 39794',
  },
  BIOMETRICS_LEFT_OUT: {
    vi: 'Chip của loại thẻ này không có tệp cho dữ liệu sinh trắc này nên dữ liệu không được ghi vào chip',
    en: 'this product has no file for these biometric data, so they do not go onto the chip',
  },
  CARD_ACCESS_NUMBER_MISSING: {
    vi: 'Số giấy tờ có ít hơn sáu chữ số nên thẻ không có số CAN, chỉ mở được bằng MRZ',
    en: 'the document number has fewer than six digits, so there is no CAN and the MRZ alone opens the chip',
  },
  PORTRAIT_BACKGROUND: {
    vi: 'Nền ảnh chân dung không đều màu',
    en: 'the background of the portrait is not even',
  },
  PORTRAIT_HEAD: {
    vi: 'Vị trí hoặc kích thước đầu trong ảnh chân dung khác thường',
    en: 'the head in the portrait stands in an unusual place or is of an unusual size',
  },
  PORTRAIT_CROPPED: {
    vi: 'Ảnh chân dung bị cắt bớt hơn một phần mười để đúng tỷ lệ',
    en: 'more than a tenth of the portrait was cut away to get its shape',
  },
  PORTRAIT_ENLARGED: {
    vi: 'Ảnh chân dung nhỏ nên đã được phóng to',
    en: 'the portrait was smaller than the product wants it and was enlarged',
  },
} as const satisfies Record<string, { readonly vi: string; readonly en: string }>;

export type HolderWarningCode = keyof typeof HOLDER_WARNINGS;

export function holderWarning(code: HolderWarningCode, field: keyof ApprovedRecord): HolderWarning {
  return { code, field, ...HOLDER_WARNINGS[code] };
}
