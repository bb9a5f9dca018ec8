import type { Certificate } from '../../../../standards/pki/certificate';
import type { KeyUsage } from '../../../../standards/pki/extension-oids';
import { findExtension, readKeyUsage } from '../../../../standards/pki/read-extensions';
import { fail, type Finding, passUnless, warn } from '../../check';
import { attempt } from '../../parsed';
import { text } from '../../texts/text';

/**
 * Whether a certificate's keyUsage is there, critical, and exactly what is expected. A use too
 * few forbids what the key does; a use too many is against the profile only.
 */
export function keyUsageFindings(
  certificate: Certificate,
  name: 'DSC' | 'CSCA',
  wanted: readonly KeyUsage[],
): Finding[] {
  const usage = attempt(() => readKeyUsage(certificate));
  if (usage.state !== 'good' || usage.value === undefined) {
    return [fail(text('key-usage.absent', { certificate: name }))];
  }
  const { value } = usage;
  const evidence = { expected: wanted.join(', '), found: [...value].join(', ') };
  const reason = text('key-usage.wrong', { certificate: name, ...evidence });
  const complaints: Finding[] = [];
  if (wanted.some((one) => !value.has(one))) complaints.push(fail(reason, evidence));
  else if (value.size !== wanted.length) complaints.push(warn(reason, evidence));
  if (findExtension(certificate, 'keyUsage')?.critical !== true) {
    complaints.push(warn(text('key-usage.not-critical', { certificate: name })));
  }
  return passUnless(complaints, evidence);
}
