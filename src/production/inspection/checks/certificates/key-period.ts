import {
  type KeyUsePeriod,
  readPrivateKeyUsagePeriod,
} from '../../../../standards/pki/read-extensions';
import type { LocalText } from '../../../document/inspection-report';
import { type Check, fail, type Finding, note, notChecked, pass, warn } from '../../check';
import { dateOfIssueOf } from '../../lds-contents';
import { attempt, valueOf } from '../../parsed';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';
import { dayWords, formatDay } from './certificate-period';

const DAY_MS = 86_400_000;
/** A day is a day in any time zone. */
const ZONE_DAYS = 1;
/** How far date of issue and signature lie apart where an application takes its usual time. */
const USUAL_DAYS = 31;

/**
 * The signing time is signed evidence and must lie in the period. The date of issue alone must
 * lie in it too; beside a good signing time it may be some weeks off, and warns beyond that.
 */
export const keyPeriod: Check = {
  id: 'ICAO3:LDS_D/key-period',
  group: 'certificates',
  title: 'title.key-period',
  clause: '[9303-12 §7.1.1.5, 9303-11 §5.1.1]',
  run: (subject) => {
    const dsc = valueOf(subject.dsc);
    if (dsc === undefined) return [];
    const period = valueOf(attempt(() => readPrivateKeyUsagePeriod(dsc)));
    return period === undefined
      ? [warn(text('key-period.absent'))]
      : [periodFinding(subject, period)];
  },
};

function periodFinding(subject: Subject, period: KeyUsePeriod): Finding {
  const signed = valueOf(subject.sod)?.verification?.signingTime;
  const issued = dateOfIssueOf(subject.contents);
  const date = signed ?? issued;
  const bound = (limit: Date | undefined) => (limit === undefined ? '' : formatDay(limit));
  const expected = `${bound(period.from)} … ${bound(period.until)}`;
  if (date === undefined) return notChecked(text('key-period.no-date'), { expected });
  const refused = faultOf(date, period, signed === undefined ? ZONE_DAYS : 0);
  if (refused !== undefined) return fail(refused, { expected, found: formatDay(date) });
  const doubt = issued === undefined ? undefined : faultOf(issued, period, ZONE_DAYS);
  if (issued === undefined || doubt === undefined) {
    return pass({ expected, found: formatDay(date) });
  }
  const isUsual = faultOf(issued, period, USUAL_DAYS) === undefined;
  return (isUsual ? note : warn)(doubt, { expected, found: formatDay(issued) });
}

/** In which way a date lies outside the period by more than some days. */
function faultOf(date: Date, period: KeyUsePeriod, daysAllowed: number): LocalText | undefined {
  const { from, until } = period;
  const allowedMs = daysAllowed * DAY_MS;
  if (until !== undefined && date.getTime() > until.getTime() + allowedMs) {
    return text('key-period.after', { date: dayWords(date), bound: dayWords(until) });
  }
  if (from !== undefined && date.getTime() < from.getTime() - allowedMs) {
    return text('key-period.before', { date: dayWords(date), bound: dayWords(from) });
  }
  return undefined;
}
