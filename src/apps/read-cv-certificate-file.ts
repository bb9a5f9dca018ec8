import { MalformedError } from '../standards/bytes/malformed';
import {
  type CvCertificate,
  parseCvCertificate,
} from '../standards/access/terminal-authentication/cv-certificate';
import { readBounded } from './read-lds-folder';

/**
 * A card-verifiable certificate; what is wrong with it is told with the name of its file.
 *
 * @throws ProductionError `INPUT_UNREADABLE`
 * @throws MalformedError
 */
export async function readCvCertificateFile(file: string): Promise<CvCertificate> {
  const bytes = await readBounded(file);
  try {
    return parseCvCertificate(bytes);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new MalformedError(`${file}: ${error.place}`, error.reason, error.offset);
  }
}
