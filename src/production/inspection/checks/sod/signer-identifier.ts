import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import type { SodReading } from '../../sod-reading';
import { text } from '../../texts/text';

export const signerIdentifier: Check = {
  id: 'ICAO3:LDS_D/signer-identifier',
  group: 'signature',
  title: 'title.signer-identifier',
  clause: '[RFC 5652 §5.3]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    if (sod?.signer === undefined) return [];
    return passUnless(complaints(sod), { file: 'EF.SOD', found: sod.signer.signerId.type });
  },
};

function complaints({ signer, dsc, dscIsNamed }: SodReading): Finding[] {
  if (signer === undefined) return [];
  const form = signer.signerId.type;
  const expected = form === 'issuerAndSerialNumber' ? 1 : 3;
  return [
    ...(signer.version === expected
      ? []
      : [
          warn(text('signer.version', { found: signer.version, form, expected }), {
            file: 'EF.SOD',
          }),
        ]),
    ...(dsc.state === 'good' && !dscIsNamed
      ? [fail(text('signer.no-match'), { file: 'EF.SOD' })]
      : []),
  ];
}
