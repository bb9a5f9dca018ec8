import type { Certificate } from '../../../../standards/pki/certificate';
import type { LocalText } from '../../../document/inspection-report';
import { fail, type Finding, pass } from '../../check';
import { text } from '../../texts/text';

/** A day as `2026-11-22`, in UTC. */
export function formatDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A day for a sentence: `22/11/2026` in Vietnamese, `2026-11-22` in English. */
export function dayWords(date: Date): LocalText {
  const en = formatDay(date);
  return { vi: en.split('-').toReversed().join('/'), en };
}

/** Whether a certificate is in date at a moment; both bounds belong to the period. */
export function periodFinding(certificate: Certificate, at: Date, name: 'DSC' | 'CSCA'): Finding {
  const { from, until } = certificate.validity;
  const evidence = {
    expected: `${formatDay(from)} … ${formatDay(until)}`,
    found: formatDay(at),
  };
  if (at > until) {
    return fail(text('validity.expired', { certificate: name, bound: dayWords(until) }), evidence);
  }
  if (at < from) {
    return fail(text('validity.not-yet', { certificate: name, bound: dayWords(from) }), evidence);
  }
  return pass(evidence);
}
