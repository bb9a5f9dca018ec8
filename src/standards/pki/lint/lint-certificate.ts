import type { Certificate } from '../certificate';
import type { CertificateRole, CertificateRule } from './certificate-rule';
import { CERTIFICATE_RULES } from './certificate-rules';
import { applyRules, type LintFinding } from './lint-rule';

/**
 * Holds a certificate against the profile of its role. Whether its signature is right, and its
 * period the present, are other questions [9303-12 §7.1].
 */
export function lintCertificate(
  certificate: Certificate,
  role: CertificateRole,
): readonly LintFinding<CertificateRule>[] {
  const rules = CERTIFICATE_RULES.filter(({ roles }) => roles.includes(role));
  return applyRules(rules, (rule) => rule.holds(certificate, role));
}
