import type { NameAttribute } from '../../standards/pki/distinguished-name';
import { findNameAttribute } from '../../standards/pki/distinguished-name';
import { parseCertificate } from '../../standards/pki/certificate';
import { readAltNames, readCrlUris } from '../../standards/pki/read-extensions';
import { planIssuing, type IssuingPlan } from './issuing-plan';

/**
 * The plan that goes on from a CSCA that there is: its name, contact and addresses, as its own
 * certificate says them.
 *
 * @param state as in the MRZ
 * @throws ProductionError `USAGE`; MalformedError.
 */
export function planUnderCsca(
  csca: Uint8Array,
  given: {
    readonly state: string;
    readonly documentYears?: number;
    readonly documentTypes?: readonly string[];
  },
): IssuingPlan {
  const certificate = parseCertificate(csca, 'CSCA certificate');
  const country = findNameAttribute(certificate.subject, 'C') ?? '';
  const plan = planIssuing({ country, ...given });
  const name: NameAttribute[] = (['C', 'ST', 'L', 'O', 'OU'] as const).flatMap((type) => {
    const value = findNameAttribute(certificate.subject, type);
    return value === undefined ? [] : [{ type, value }];
  });
  const names = readAltNames(certificate, 'subjectAltName');
  const contact = names?.mails[0] ?? names?.dnsNames[0] ?? names?.uris[0];
  const crlUris = readCrlUris(certificate) ?? plan.crlUris;
  return {
    ...plan,
    ...{ name, crlUris },
    contact: { state: given.state, contact: contact ?? plan.contact.contact },
  };
}
