import type { ApprovedRecord } from '../document/approved-record';
import type { RecordProblem } from './record-problem';

const MAX_AGE_YEARS = 130;

/** Dates that exist, in an order that can be. Fields that are not written right are left out. */
export function findDateProblems(record: Partial<ApprovedRecord>): readonly RecordProblem[] {
  const problems: RecordProblem[] = [];
  const { dateOfBirth, dateOfIssue, dateOfExpiry, approvedAt } = record;
  const exists = { dateOfBirth: true, dateOfIssue: true, dateOfExpiry: true };
  for (const [field, date] of Object.entries({ dateOfBirth, dateOfIssue, dateOfExpiry })) {
    if (date == null || isRealDate(date)) continue;
    exists[field as keyof typeof exists] = false;
    problems.push({ field, reason: 'there is no such date' });
  }
  if (approvedAt !== undefined && !isRealDate(approvedAt.slice(0, 10))) {
    problems.push({ field: 'approvedAt', reason: 'there is no such date' });
  }
  problems.push(...findTakenDateProblems(record));
  if (dateOfBirth !== undefined && dateOfIssue !== undefined && exists.dateOfIssue) {
    // Partial dates compare by what is known of both.
    if (exists.dateOfBirth && dateOfBirth > dateOfIssue.slice(0, dateOfBirth.length)) {
      problems.push({ field: 'dateOfBirth', reason: 'is after dateOfIssue' });
    }
    if (yearOf(dateOfIssue) - yearOf(dateOfBirth) > MAX_AGE_YEARS) {
      const reason = `is more than ${MAX_AGE_YEARS} years before dateOfIssue`;
      problems.push({ field: 'dateOfBirth', reason });
    }
  }
  if (dateOfIssue !== undefined && typeof dateOfExpiry === 'string') {
    if (exists.dateOfIssue && exists.dateOfExpiry && dateOfExpiry <= dateOfIssue) {
      problems.push({ field: 'dateOfExpiry', reason: 'is not after dateOfIssue' });
    }
  }
  return problems;
}

/** Days on which something was taken or written down lie before the day of issue. */
function findTakenDateProblems(record: Partial<ApprovedRecord>): readonly RecordProblem[] {
  const { portraitTakenOn, irises = [], personsToNotify = [], dateOfIssue = '9999' } = record;
  const dates = [
    ['portraitTakenOn', portraitTakenOn] as const,
    ...irises.map(({ takenOn }, index) => [`irises.${index}.takenOn`, takenOn] as const),
    ...personsToNotify.map(
      ({ recordedOn }, index) => [`personsToNotify.${index}.recordedOn`, recordedOn] as const,
    ),
  ];
  return dates.flatMap(([field, date]) => {
    if (date === undefined) return [];
    if (!isRealDate(date)) return [{ field, reason: 'there is no such date' }];
    return date > dateOfIssue ? [{ field, reason: 'is after dateOfIssue' }] : [];
  });
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` that stands in the calendar; the year 0000 does not. */
function isRealDate(date: string): boolean {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  if (year === 0) return false;
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
