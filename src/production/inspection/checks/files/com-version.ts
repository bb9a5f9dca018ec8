import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';
import type { Subject } from '../../subject';

/** Versions that were ever published; the LDS version of a chip is informative before 1.8. */
const LDS_VERSIONS = ['0104', '0105', '0106', '0107', '0108'];

export const comVersion: Check = {
  id: 'ICAO3:LDS_A/version',
  group: 'files',
  title: 'title.com-version',
  clause: '[9303-10 §4.6.1]',
  run: (subject) => {
    const com = valueOf(subject.contents['EF.COM']);
    if (com === undefined) return [];
    return passUnless(complaints(subject, com), {
      file: 'EF.COM',
      found: `LDS ${com.ldsVersion}, Unicode ${com.unicodeVersion}`,
    });
  },
};

function complaints(
  { sod }: Subject,
  com: { readonly ldsVersion: string; readonly unicodeVersion: string },
): Finding[] {
  const object = valueOf(sod)?.securityObject;
  const signed = object && valueOf(object);
  const file = 'EF.COM';
  return [
    ...(LDS_VERSIONS.includes(com.ldsVersion)
      ? []
      : [warn(text('com.version-unknown', { found: com.ldsVersion }), { file })]),
    ...(signed?.ldsVersion === undefined || signed.ldsVersion === com.ldsVersion
      ? []
      : [
          fail(text('com.version-differs', { com: com.ldsVersion, sod: signed.ldsVersion }), {
            file,
          }),
        ]),
    ...(signed?.unicodeVersion === undefined || signed.unicodeVersion === com.unicodeVersion
      ? []
      : [
          fail(
            text('com.unicode-differs', { com: com.unicodeVersion, sod: signed.unicodeVersion }),
            { file },
          ),
        ]),
  ];
}
