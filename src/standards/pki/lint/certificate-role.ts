import { equalBytes } from '../../bytes/compare';
import type { Certificate } from '../certificate';
import { LIST_SIGNER_PURPOSES } from '../extension-oids';
import { readBasicConstraints, readExtKeyUsage, readKeyUsage } from '../read-extensions';
import type { CertificateRole } from './certificate-rule';

/**
 * What a certificate of an unknown issuer is for, by what it says of itself: a CA that names itself
 * as its issuer is a root, another CA a link, who has a purpose of lists signs these, and everybody
 * else documents [9303-12 §7.1].
 *
 * @throws MalformedError when an extension that decides it cannot be read
 */
export function recogniseRole(certificate: Certificate): CertificateRole {
  const isCa =
    readBasicConstraints(certificate)?.isCa === true ||
    readKeyUsage(certificate)?.has('keyCertSign') === true;
  if (isCa) {
    return equalBytes(certificate.subject.raw, certificate.issuer.raw) ? 'csca' : 'csca-link';
  }
  const purposes = readExtKeyUsage(certificate) ?? [];
  if (purposes.includes(LIST_SIGNER_PURPOSES.masterList)) return 'ml-signer';
  return purposes.includes(LIST_SIGNER_PURPOSES.deviationList) ? 'dl-signer' : 'dsc';
}
