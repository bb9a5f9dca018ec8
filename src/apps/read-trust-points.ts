import { delimiter } from 'node:path';
import { parseTrustPoints } from '../production/datagroups/plan-terminal-trust';
import type { CvCertificate } from '../standards/access/terminal-authentication/cv-certificate';
import { readBounded } from './read-lds-folder';

/**
 * The CVCAs whose terminals may read fingers and irises: of the files that are named, else of those
 * in `PERSOLINE_CVCA`, divided as in `PATH`.
 *
 * @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED`.
 */
export async function readTrustPoints(named: readonly string[]): Promise<readonly CvCertificate[]> {
  const usual = process.env['PERSOLINE_CVCA'] ?? '';
  const files = named.length > 0 ? named : usual.split(delimiter).filter((file) => file !== '');
  return parseTrustPoints(await Promise.all(files.map(readBounded)));
}
