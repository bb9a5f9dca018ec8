import { encodeHex } from '../../../../standards/bytes/hex';
import { encodeSecurityInfo, type SecurityInfo } from '../../../../standards/lds/security-infos';
import { type Check, fail, pass, warn } from '../../check';
import { valueOf } from '../../parsed';
import { describeSecurityInfo } from '../../security-info-words';
import { text } from '../../texts/text';

/** EF.CardAccess is not signed: whoever changed it is found out by its signed repetition. */
export const cardAccessInDg14: Check = {
  id: 'TR5.1:LDS_J/card-access-dg14',
  group: 'agreement',
  title: 'title.card-access',
  clause: '[9303-11 §9.2]',
  run: ({ contents, files }) => {
    const access = valueOf(contents['EF.CardAccess']);
    if (access === undefined) return [];
    const file = 'EF.CardAccess';
    if (!files.has('EF.DG14')) return [warn(text('card-access.no-dg14'), { file })];
    const dg14 = valueOf(contents['EF.DG14']);
    if (dg14 === undefined) return [];
    const lost = missingInfos(access, dg14);
    const infos = lost.map(describeSecurityInfo).join('; ');
    return lost.length === 0
      ? [pass({ file, found: access.map(describeSecurityInfo).join('; ') })]
      : [
          fail(text('card-access.not-in-dg14', { infos }), {
            file,
            expected: dg14.map(describeSecurityInfo).join('; '),
            found: access.map(describeSecurityInfo).join('; '),
          }),
        ];
  },
};

/** Infos of the first list that the second does not repeat byte for byte. */
export function missingInfos(
  wanted: readonly SecurityInfo[],
  present: readonly SecurityInfo[],
): readonly SecurityInfo[] {
  const there = new Set(present.map((info) => encodeHex(encodeSecurityInfo(info))));
  return wanted.filter((info) => !there.has(encodeHex(encodeSecurityInfo(info))));
}
