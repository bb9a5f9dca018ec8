import type { VietnameseDetails } from '../../standards/lds/dg13-vietnam';
import type { ApprovedRecord, Sex } from '../document/approved-record';
import type { Holder } from '../document/holder';

const GENDERS = { M: 'Nam', F: 'Nữ', X: 'Khác' } as const satisfies Record<Sex, string>;
const NATIONALITIES: Readonly<Record<string, string>> = { VNM: 'Việt Nam' };
const NO_EXPIRY = 'Không thời hạn';

/** The record's own members that stand in DG13 as they are. */
const SAME = [
  'ethnicity',
  'religion',
  'placeOfOrigin',
  'placeOfResidence',
  'identifyingFeatures',
  'father',
  'mother',
  'spouse',
  'oldIdNumber',
] as const satisfies readonly (keyof ApprovedRecord & keyof VietnameseDetails)[];

/**
 * What DG13 of the 2021 Vietnamese card says of a holder, see docs/vn-cccd-2021.md.
 *
 * @param cardReference sixteen hexadecimal digits for the item of unknown meaning; without them the
 * item stands there empty
 */
export function vietnameseDetailsOf(
  { record, fullName }: Pick<Holder, 'record' | 'fullName'>,
  cardReference?: string,
): VietnameseDetails {
  const same = SAME.flatMap((name) => {
    const value = record[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(record.personalNumber !== undefined && { idNumber: record.personalNumber }),
    fullName,
    dateOfBirth: writtenDate(record.dateOfBirth),
    gender: GENDERS[record.sex],
    nationality: NATIONALITIES[record.nationality] ?? record.nationality,
    ...(Object.fromEntries(same) as Partial<Record<(typeof SAME)[number], string>>),
    dateOfIssue: writtenDate(record.dateOfIssue),
    dateOfExpiry: record.dateOfExpiry === null ? NO_EXPIRY : writtenDate(record.dateOfExpiry),
    ...(cardReference !== undefined && { cardReference }),
  };
}

/** `23/07/1950`, and as much of it as is known. */
function writtenDate(date: string): string {
  return date.split('-').toReversed().join('/');
}
