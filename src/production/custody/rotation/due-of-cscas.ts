import { parseCertificate } from '../../../standards/pki/certificate';
import { readPrivateKeyUsagePeriod } from '../../../standards/pki/read-extensions';
import type { RecordedCsca } from '../../document/custody/csca-store';
import { addMonths } from '../add-months';

/** Announced 90 days ahead, with time to hold the ceremony before [9303-12 §4.1.4.3]. */
const LEAD_MONTHS = 6;

/** What the newest CSCA asks for: its roll-over half a year before its key ceases to sign. */
export function dueOfCscas(cscas: readonly RecordedCsca[], now: Date): readonly string[] {
  const newest = cscas.at(-1);
  if (newest === undefined) return [];
  const certificate = parseCertificate(newest.certificate, 'CSCA certificate');
  const until = readPrivateKeyUsagePeriod(certificate)?.until ?? certificate.validity.until;
  const day = until.toISOString().slice(0, 10);
  if (now > until) return [`CSCA ${newest.number}: its key ceased to sign on ${day}; roll it over`];
  if (addMonths(now, LEAD_MONTHS) < until) return [];
  return [`CSCA ${newest.number}: its key signs until ${day}; its roll-over is due`];
}
