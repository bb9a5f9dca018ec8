import type { ApprovedRecord } from '../../document/approved-record';
import type { RecordFindings, RecordProblem } from '../record-problem';
import provinceCodes from '../vn/province-codes.json';

const field = 'personalNumber';
const PROVINCES: ReadonlySet<string> = new Set(Object.keys(provinceCodes.provinces));

/**
 * Vietnam's personal identification number: province or country of the registration of birth,
 * century and sex in one digit, year, six random digits, no check digit (Nghị định 137/2015/NĐ-CP,
 * article 13; Thông tư 07/2016/TT-BCA). The structure must be right. Sex and year may differ
 * lawfully after a correction of the civil register, so that a difference only holds the record.
 */
export function checkVnPersonalNumber(record: Partial<ApprovedRecord>): RecordFindings {
  const { personalNumber, sex, dateOfBirth } = record;
  if (personalNumber === undefined) return { errors: [], doubts: [] };
  if (!/^\d{12}$/.test(personalNumber)) {
    return { errors: [{ field, reason: 'has to have 12 digits' }], doubts: [] };
  }
  const doubts: RecordProblem[] = [];
  const centuryAndSex = Number(personalNumber[3]);
  const year = 1900 + 100 * Math.floor(centuryAndSex / 2) + Number(personalNumber.slice(4, 6));
  if (!PROVINCES.has(personalNumber.slice(0, 3))) {
    doubts.push({ field, reason: 'begins with no code of a province; is it that of a country?' });
  }
  if (sex !== undefined && sex !== (centuryAndSex % 2 === 0 ? 'M' : 'F')) {
    doubts.push({ field, reason: 'does not agree with sex' });
  }
  if (dateOfBirth !== undefined && year !== Number(dateOfBirth.slice(0, 4))) {
    doubts.push({ field, reason: 'does not agree with the year of dateOfBirth' });
  }
  return { errors: [], doubts };
}
