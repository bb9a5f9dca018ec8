import type { Certificate } from '../certificate';
import type { LintRule } from './lint-rule';

/**
 * What a certificate is for; the profile of Doc 9303 differs by it: CSCA roots and links, document
 * signers, and signers of master lists and deviation lists [9303-12 §7.1 table 5].
 */
export type CertificateRole = 'csca' | 'csca-link' | 'dsc' | 'ml-signer' | 'dl-signer';

/** Certificates that issue others [9303-12 §7.1]. */
export const CSCA_ROLES: readonly CertificateRole[] = ['csca', 'csca-link'];

/** Certificates that sign documents or lists [9303-12 §7.1]. */
export const SIGNER_ROLES: readonly CertificateRole[] = ['dsc', 'ml-signer', 'dl-signer'];

/** Every certificate of Doc 9303 [9303-12 §7.1]. */
export const EVERY_ROLE: readonly CertificateRole[] = [...CSCA_ROLES, ...SIGNER_ROLES];

/** One sentence of the profile: what is demanded of whom, and what to say where it is not met. */
export interface CertificateRule extends LintRule {
  readonly roles: readonly CertificateRole[];
  /** @throws MalformedError when an extension cannot be read, which counts as a fault. */
  readonly holds: (certificate: Certificate, role: CertificateRole) => boolean;
}
