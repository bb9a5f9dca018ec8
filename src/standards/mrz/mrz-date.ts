import { MalformedError } from '../bytes/malformed';

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * A date as `YYMMDD` with fillers for what is unknown: `1950-07` is `5007<<` [9303-3 §4.8].
 *
 * @param date `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or empty when nothing is known
 * @throws MalformedError when it is no date of the calendar.
 */
export function encodeMrzDate(date: string, place = 'date'): string {
  const match = /^(?:\d{2}(\d{2})(?:-(\d{2})(?:-(\d{2}))?)?)?$/.exec(date);
  if (match === null) throw new MalformedError(place, 'is not YYYY-MM-DD, YYYY-MM or YYYY');
  const [, year = '<<', month = '<<', day = '<<'] = match;
  if (day !== '<<' && Number.isNaN(calendarTime(date))) {
    throw new MalformedError(place, 'is not in the calendar');
  }
  return checkMrzDate(`${year}${month}${day}`, place);
}

/**
 * The same six characters when they are a date of an MRZ: two digits or two fillers for year,
 * month and day, and a day that its month can have [9303-3 §4.8].
 *
 * @throws MalformedError
 */
export function checkMrzDate(text: string, place: string): string {
  const match = /^(\d\d|<<)(\d\d|<<)(\d\d|<<)$/.exec(text);
  if (match === null) throw new MalformedError(place, 'is not YYMMDD with fillers for the unknown');
  const [, year = '', month = '', day = ''] = match;
  const days = month === '<<' ? 31 : DAYS_OF_MONTH[Number(month) - 1];
  if (days === undefined) throw new MalformedError(place, 'has no month of the calendar');
  const leapDay = month === '02' && day === '29';
  const inMonth = day === '<<' || (Number(day) >= 1 && Number(day) <= days);
  if (!inMonth || (leapDay && year !== '<<' && Number(year) % 4 !== 0)) {
    throw new MalformedError(place, 'has no day of its month');
  }
  return text;
}

function calendarTime(date: string): number {
  const time = new Date(`${date}T00:00:00Z`);
  const kept = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
  return kept ? time.getTime() : Number.NaN;
}
