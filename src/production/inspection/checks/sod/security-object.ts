import { type Check, fail, type Finding, passUnless } from '../../check';
import { text } from '../../texts/text';
import type { LdsSecurityObject } from '../../../../standards/lds/lds-security-object';

export const securityObject: Check = {
  id: 'ICAO3:LDS_D/security-object',
  group: 'signature',
  title: 'title.security-object',
  clause: '[9303-10 §4.6.2.3, appendix D]',
  run: ({ sod }) => {
    if (sod.state !== 'good') return [];
    const { securityObject: parsed } = sod.value;
    const file = 'EF.SOD';
    switch (parsed.state) {
      case 'absent':
        return [fail(text('security-object.absent'), { file })];
      case 'malformed':
        return [fail(text('security-object.malformed', { detail: parsed.detail }), { file })];
      case 'good': {
        const versions =
          parsed.value.ldsVersion === undefined ? '' : `, LDS ${parsed.value.ldsVersion}`;
        return passUnless(versionComplaints(parsed.value), {
          file,
          found: `V${parsed.value.version}${versions}, ${parsed.value.hashes.size} hashes`,
        });
      }
    }
  },
};

function versionComplaints(object: LdsSecurityObject): Finding[] {
  const { version, ldsVersion, hashes } = object;
  const reasons = [
    ...(version === 1 && ldsVersion === undefined
      ? [text('security-object.v1-without-version')]
      : []),
    ...(version === 0 && ldsVersion !== undefined ? [text('security-object.v0-with-version')] : []),
    ...(hashes.size < 2 ? [text('security-object.hash-count', { found: hashes.size })] : []),
  ];
  return reasons.map((reason) => fail(reason, { file: 'EF.SOD' }));
}
