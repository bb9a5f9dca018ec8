import type { ApprovedRecord } from '../document/approved-record';

/** Something about a record that is allowed and that a person should still have seen. */
export interface HolderWarning {
  readonly code: HolderWarningCode;
  readonly field: keyof ApprovedRecord;
  readonly vi: string;
  readonly en: string;
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
} as const satisfies Record<string, { readonly vi: string; readonly en: string }>;

export type HolderWarningCode = keyof typeof HOLDER_WARNINGS;

export function holderWarning(code: HolderWarningCode, field: keyof ApprovedRecord): HolderWarning {
  return { code, field, ...HOLDER_WARNINGS[code] };
}
