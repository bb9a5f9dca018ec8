import type { Certificate } from '../../../../standards/pki/certificate';
import type { CertificateRole } from '../../../../standards/pki/lint/certificate-rule';
import { CERTIFICATE_RULES } from '../../../../standards/pki/lint/certificate-rules';
import { lintCertificate } from '../../../../standards/pki/lint/lint-certificate';
import { fail, type Finding, passUnless, warn } from '../../check';
import { text } from '../../texts/text';

/** Rules that have a check of their own, which knows more than the certificate alone. */
const JUDGED_ELSEWHERE: readonly string[] = [
  'key-usage',
  'critical-key-usage',
  'key-usage-period',
  'document-type-list',
  'csca-constraints',
  'country-present',
  'same-country',
];

const NAMES = {
  csca: 'CSCA',
  'csca-link': 'CSCA',
  dsc: 'DSC',
  'ml-signer': 'ML signer',
  'dl-signer': 'DL signer',
} as const satisfies Record<CertificateRole, string>;

/** What a certificate does not keep of the profile, one finding a rule under the rule's clause. */
export function profileFindings(certificate: Certificate, role: CertificateRole): Finding[] {
  const complaints = lintCertificate(certificate, role)
    .filter(({ rule }) => !JUDGED_ELSEWHERE.includes(rule.id))
    .map(({ rule, detail }) => {
      const reason = text('profile.fault', { certificate: NAMES[role], fault: rule.fault });
      const finding = (rule.severity === 'error' ? fail : warn)(reason, {
        found: detail ?? rule.id,
      });
      return { ...finding, clause: `[${rule.clause}]` };
    });
  const rules = CERTIFICATE_RULES.filter(({ roles }) => roles.includes(role)).length;
  return passUnless(complaints, { found: `${rules} rules` });
}
