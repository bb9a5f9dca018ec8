import { MalformedError } from '../../bytes/malformed';
import type { Certificate } from '../certificate';
import type { CertificateRole, CertificateRule } from './certificate-rule';
import { CERTIFICATE_RULES } from './certificate-rules';

/** A rule that a certificate does not meet; `detail` where it could not even be read. */
export interface LintFinding {
  readonly rule: CertificateRule;
  readonly detail?: string;
}

/**
 * Holds a certificate against the profile of its role. Whether its signature is right, and its
 * period the present, are other questions [9303-12 §7.1].
 */
export function lintCertificate(
  certificate: Certificate,
  role: CertificateRole,
): readonly LintFinding[] {
  const findings = CERTIFICATE_RULES.filter(({ roles }) => roles.includes(role)).flatMap((rule) => {
    try {
      return rule.holds(certificate, role) ? [] : [{ rule }];
    } catch (error) {
      if (error instanceof MalformedError) return [{ rule, detail: error.message }];
      throw error;
    }
  });
  return findings.filter((finding, index) => index === firstWithDetail(findings, finding, index));
}

/** Several rules look at the same extension: that it cannot be read is said once. */
function firstWithDetail(
  findings: readonly LintFinding[],
  { detail }: LintFinding,
  index: number,
): number {
  return detail === undefined ? index : findings.findIndex((other) => other.detail === detail);
}
