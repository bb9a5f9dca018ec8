import type { SecurityInfo } from '../../../../standards/lds/security-infos';
import { type Check, fail, type Finding, notChecked, pass } from '../../check';
import type { LdsContents } from '../../lds-contents';
import { valueOf } from '../../parsed';
import { describeSecurityInfo } from '../../security-info-words';
import { text } from '../../texts/text';
import { missingInfos } from './card-access-in-dg14';

const SIGNED = ['EF.DG14', 'EF.CardSecurity'] as const;

/**
 * What the issuer has signed of PACE stands in EF.CardAccess, too: who takes a variant out of that
 * file, which is not signed, leads readers to a weaker one or to BAC.
 */
export const paceDowngrade: Check = {
  id: '9303-11:PACE/downgrade',
  group: 'agreement',
  title: 'title.pace-downgrade',
  clause: '[9303-11 §4.2, §9.2]',
  run: ({ chip, contents, files }) =>
    SIGNED.flatMap((file): readonly Finding[] => {
      const signed = paceInfosIn(infosOf(file, contents));
      if (signed.length === 0) return [];
      if (!files.has('EF.CardAccess') && chip === undefined) {
        return [notChecked(text('pace-downgrade.no-card-access', { file }), { file })];
      }
      const access = valueOf(contents['EF.CardAccess']);
      if (access === undefined && files.has('EF.CardAccess')) return [];
      const lost = missingInfos(signed, access ?? []);
      const infos = lost.map(describeSecurityInfo).join('; ');
      return [
        lost.length === 0
          ? pass({ file })
          : fail(text('pace-downgrade.lost', { file, infos }), { file }),
      ];
    }),
};

function infosOf(file: (typeof SIGNED)[number], contents: LdsContents): readonly SecurityInfo[] {
  const infos = file === 'EF.DG14' ? valueOf(contents[file]) : valueOf(contents[file])?.infos;
  return infos ?? [];
}

function paceInfosIn(infos: readonly SecurityInfo[]): readonly SecurityInfo[] {
  return infos.filter(({ kind }) => kind === 'pace');
}
