import {
  readPrivateKeyUsagePeriod,
  type KeyUsePeriod,
} from '../../../../standards/pki/read-extensions';
import { type Check, fail, type Finding, notChecked, pass, warn } from '../../check';
import { dateOfIssueOf } from '../../lds-contents';
import { attempt, valueOf } from '../../parsed';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';
import { formatDay } from './certificate-period';

const DAY_MS = 86_400_000;

/**
 * The signing time is signed evidence and must lie in the period. The date of issue may be some
 * days from the signature on either side, so beside a signing time it only warns.
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
    if (period === undefined) return [warn(text('key-period.absent'))];
    return findings(subject, period);
  },
};

function findings(subject: Subject, period: KeyUsePeriod): Finding[] {
  const signed = valueOf(subject.sod)?.verification?.signingTime;
  const issued = dateOfIssueOf(subject.contents);
  const evidence = {
    expected: `${period.from ? formatDay(period.from) : ''} … ${period.until ? formatDay(period.until) : ''}`,
  };
  const judge = (date: Date, found: string, refuse: typeof fail): Finding[] => {
    const after = period.until !== undefined && date > period.until;
    const before = period.from !== undefined && date < period.from;
    const shown = { ...evidence, found };
    if (after) {
      return [
        refuse(text('key-period.after', { date: found, bound: formatDay(period.until) }), shown),
      ];
    }
    if (before) {
      return [
        refuse(text('key-period.before', { date: found, bound: formatDay(period.from) }), shown),
      ];
    }
    return [];
  };
  const complaints = [
    ...(signed === undefined ? [] : judge(signed, formatDay(signed), fail)),
    ...(issued === undefined ? [] : judgeDay(issued, signed === undefined ? fail : warn)),
  ];
  if (complaints.length > 0) return complaints;
  const date = signed ?? issued;
  return date === undefined
    ? [notChecked(text('key-period.no-date'), evidence)]
    : [pass({ ...evidence, found: formatDay(date) })];

  /** A day is inside when any moment of it is, in any time zone. */
  function judgeDay(day: Date, refuse: typeof fail): Finding[] {
    const early = new Date(day.getTime() - DAY_MS / 2);
    const late = new Date(day.getTime() + (3 * DAY_MS) / 2);
    const inside = judge(early, '', refuse).length === 0 || judge(late, '', refuse).length === 0;
    return inside ? [] : judge(day, formatDay(day), refuse);
  }
}
