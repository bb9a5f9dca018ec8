import type { Certificate } from '../../../../standards/pki/certificate';
import { fail, type Finding, pass } from '../../check';
import { text } from '../../texts/text';

/** A day as `2026-11-22`, in UTC. */
export function formatDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Whether a certificate is in date at a moment; both bounds belong to the period. */
export function periodFinding(certificate: Certificate, at: Date, name: 'DSC' | 'CSCA'): Finding {
  const { from, until } = certificate.validity;
  const evidence = {
    expected: `${formatDay(from)} … ${formatDay(until)}`,
    found: formatDay(at),
  };
  if (at > until) {
    return fail(text('validity.expired', { certificate: name, bound: formatDay(until) }), evidence);
  }
  if (at < from) {
    return fail(text('validity.not-yet', { certificate: name, bound: formatDay(from) }), evidence);
  }
  return pass(evidence);
}
