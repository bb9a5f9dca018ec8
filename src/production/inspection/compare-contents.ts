import { createHash } from 'node:crypto';
import type { LocalText } from '../document/inspection-report';
import { contentOf } from './lds-contents';

/** A field of a file that is not what was meant. */
export interface FieldDifference {
  /** Path of the field, `documentNumber` or `hashes.1`. */
  readonly field: string;
  readonly expected: string | undefined;
  readonly found: string | undefined;
}

const MAX_DEPTH = 8;

/**
 * The fields in which two versions of one file differ, in the order of the file; undefined when
 * one of them cannot be read.
 */
export function compareContents(
  file: string,
  expected: Uint8Array,
  found: Uint8Array,
): readonly FieldDifference[] | undefined {
  const [meant, there] = [expected, found].map((bytes) => contentOf(file, bytes));
  if (meant === undefined || there === undefined) return undefined;
  const wanted = new Map(flatten(meant));
  const present = new Map(flatten(there));
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .filter((field) => wanted.get(field) !== present.get(field))
    .map((field) => ({ field, expected: wanted.get(field), found: present.get(field) }));
}

/** The first byte at which two byte strings part. */
export function firstDifference(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return index;
  return length;
}

/** Words for fields that people know under another name than the program's. */
const FIELD_WORDS: Readonly<Record<string, LocalText>> = {
  documentCode: { vi: 'mã loại giấy tờ', en: 'the document code' },
  issuingState: { vi: 'nước cấp', en: 'the issuing state' },
  name: { vi: 'họ tên', en: 'the name' },
  fullName: { vi: 'họ tên đầy đủ', en: 'the full name' },
  documentNumber: { vi: 'số giấy tờ', en: 'the document number' },
  personalNumber: { vi: 'số định danh cá nhân', en: 'the personal number' },
  nationality: { vi: 'quốc tịch', en: 'the nationality' },
  dateOfBirth: { vi: 'ngày sinh', en: 'the date of birth' },
  dateOfExpiry: { vi: 'ngày hết hạn', en: 'the date of expiry' },
  dateOfIssue: { vi: 'ngày cấp', en: 'the date of issue' },
  sex: { vi: 'giới tính', en: 'the sex' },
  optionalData: { vi: 'dữ liệu tùy chọn', en: 'the optional data' },
  placeOfBirth: { vi: 'nơi sinh', en: 'the place of birth' },
  address: { vi: 'địa chỉ', en: 'the address' },
  telephone: { vi: 'số điện thoại', en: 'the telephone number' },
  idNumber: { vi: 'số định danh cá nhân', en: 'the personal number' },
  placeOfOrigin: { vi: 'quê quán', en: 'the place of origin' },
  placeOfResidence: { vi: 'nơi thường trú', en: 'the place of residence' },
  identifyingFeatures: { vi: 'đặc điểm nhận dạng', en: 'the identifying features' },
  profession: { vi: 'nghề nghiệp', en: 'the profession' },
  widthPx: { vi: 'chiều rộng ảnh', en: 'the width of the picture' },
  heightPx: { vi: 'chiều cao ảnh', en: 'the height of the picture' },
  imageFormat: { vi: 'định dạng ảnh', en: 'the format of the picture' },
  image: { vi: 'ảnh', en: 'the picture' },
  data: { vi: 'bản ghi sinh trắc', en: 'the biometric record' },
  gender: { vi: 'giới tính trong bản ghi ảnh', en: 'the sex in the face record' },
  dataGroups: { vi: 'danh sách nhóm dữ liệu', en: 'the list of data groups' },
  ldsVersion: { vi: 'phiên bản LDS', en: 'the LDS version' },
  unicodeVersion: { vi: 'phiên bản Unicode', en: 'the Unicode version' },
  issuingAuthority: { vi: 'cơ quan cấp', en: 'the issuing authority' },
};

/** The name of a field for a person, in both languages. */
export function fieldWords(field: string): LocalText {
  const known = FIELD_WORDS[field];
  if (known !== undefined) return known;
  // `0.images.0.widthPx`: the last name that has words, with the path behind it.
  const last = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? field;
  const words = FIELD_WORDS[last];
  return words === undefined
    ? { vi: field, en: field }
    : { vi: `${words.vi} (${field})`, en: `${words.en} (${field})` };
}

function flatten(value: unknown, path = '', depth = 0): [string, string][] {
  if (value === undefined || depth > MAX_DEPTH) return [];
  if (value instanceof Uint8Array) return [[path, describeBytes(value)]];
  if (value instanceof Date) return [[path, value.toISOString()]];
  if (typeof value !== 'object' || value === null)
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  const entries: Iterable<[unknown, unknown]> =
    value instanceof Map ? value : Object.entries(value);
  return [...entries].flatMap(([key, member]) =>
    flatten(member, path === '' ? String(key) : `${path}.${String(key)}`, depth + 1),
  );
}

function describeBytes(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16).toUpperCase();
  return `${bytes.length} bytes, SHA-256 ${hash}…`;
}
