import { type Check, fail, type Finding, note, passUnless, warn } from '../../check';
import type { SodReading } from '../../sod-reading';
import { LDS_SECURITY_OBJECT_OID } from '../../../../standards/lds/lds-security-object';
import { text } from '../../texts/text';

export const sodStructure: Check = {
  id: 'ICAO3:LDS_D/structure',
  group: 'signature',
  title: 'title.sod-structure',
  clause: '[9303-10 §4.6.2.2]',
  run: ({ sod }) => {
    switch (sod.state) {
      case 'absent':
        return [];
      case 'malformed':
        return [fail(text('sod.unreadable', { detail: sod.detail }), { file: 'EF.SOD' })];
      case 'good':
        return passUnless(complaints(sod.value), {
          file: 'EF.SOD',
          found: `SignedData version ${sod.value.signedData.version}`,
        });
    }
  },
};

function complaints({ signedData, signer }: SodReading): Finding[] {
  const { version, contentType, signers, issues } = signedData;
  const found: Finding[] = [];
  if (contentType !== LDS_SECURITY_OBJECT_OID) {
    found.push(
      fail(text('sod.content-type-wrong', { found: contentType }), {
        expected: LDS_SECURITY_OBJECT_OID,
        found: contentType,
      }),
    );
  }
  if (issues.includes('version-not-3')) {
    found.push(warn(text('sod.version-wrong', { found: version, expected: 3 })));
  }
  if (signer === undefined) found.push(fail(text('sod.no-signer')));
  if (issues.includes('several-signers')) {
    found.push(warn(text('sod.signer-count', { found: signers.length })));
  }
  if (issues.includes('crls-present')) found.push(note(text('sod.has-crls')));
  if (issues.includes('unsigned-attributes')) found.push(note(text('sod.unsigned-attributes')));
  return found.map((finding) => ({ ...finding, file: 'EF.SOD' }));
}
