import type { Certificate } from '../../../../standards/pki/certificate';
import type { CertificateRole } from '../../../../standards/pki/lint/certificate-rule';
import { CERTIFICATE_RULES } from '../../../../standards/pki/lint/certificate-rules';
import { lintCertificate } from '../../../../standards/pki/lint/lint-certificate';
import { fail, type Finding, passUnless, warn } from '../../check';
import { text } from '../../texts/text';

/** What a certificate does not keep of the profile, one finding a rule under the rule's clause. */
export function profileFindings(certificate: Certificate, role: CertificateRole): Finding[] {
  const complaints = lintCertificate(certificate, role).map(({ rule, detail }) => {
    const reason = text('profile.fault', { certificate: role.toUpperCase(), fault: rule.fault });
    const finding = (rule.severity === 'error' ? fail : warn)(reason, {
      found: detail ?? rule.id,
    });
    return { ...finding, clause: `[${rule.clause}]` };
  });
  const rules = CERTIFICATE_RULES.filter(({ roles }) => roles.includes(role)).length;
  return passUnless(complaints, { found: `${rules} rules` });
}
