import type { Sex } from '../document/approved-record';
import type { Holder } from '../document/holder';
import { writeDate } from './face-dates';
import type { FaceConvention, FaceField } from './face-layout';

const VN_SEX = { M: 'Nam', F: 'Nữ', X: 'Khác' } as const satisfies Record<Sex, string>;

const VN_NATIONALITIES: Readonly<Record<string, string>> = { VNM: 'Việt Nam' };

/** A field as it is printed on the card; undefined where the record has none. */
export function printedValue(
  field: FaceField,
  holder: Holder,
  convention: FaceConvention,
): string | undefined {
  const { record } = holder;
  switch (field) {
    case 'dateOfBirth':
    case 'dateOfIssue':
      return writeDate(record[field], convention);
    case 'dateOfExpiry':
      return record.dateOfExpiry === null
        ? NO_EXPIRY[convention]
        : writeDate(record.dateOfExpiry, convention);
    case 'sex':
      return convention === 'vn' ? VN_SEX[record.sex] : record.sex;
    case 'nationality':
      return convention === 'vn'
        ? (VN_NATIONALITIES[record.nationality] ?? record.nationality)
        : record.nationality;
    default:
      return plainValue(field, holder);
  }
}

const NO_EXPIRY = {
  vn: 'Không thời hạn',
  icao: 'UNLIMITED',
} as const satisfies Record<FaceConvention, string>;

/** A field as it stands in the QR code of the Vietnamese cards; empty where there is none. */
export function qrValue(field: FaceField | 'empty', holder: Holder): string {
  const { record } = holder;
  switch (field) {
    case 'empty':
      return '';
    case 'dateOfBirth':
    case 'dateOfIssue':
      return writeDate(record[field], 'vn-compact');
    case 'dateOfExpiry':
      return record.dateOfExpiry === null ? '' : writeDate(record.dateOfExpiry, 'vn-compact');
    default:
      return printedValue(field, holder, 'vn') ?? '';
  }
}

type PlainField = Exclude<
  FaceField,
  'dateOfBirth' | 'dateOfIssue' | 'dateOfExpiry' | 'sex' | 'nationality'
>;

function plainValue(field: PlainField, holder: Holder): string | undefined {
  switch (field) {
    case 'documentCode':
      return holder.mrzLines[0]?.slice(0, 2).replaceAll('<', '');
    case 'cardAccessNumber':
      return holder.access.can;
    case 'documentNumber':
    case 'fullName':
    case 'primaryIdentifier':
    case 'secondaryIdentifier':
      return holder[field];
    default:
      return holder.record[field];
  }
}
