import { type Check, pass, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

export const cloningProtection: Check = {
  id: '9303-11:AA/cloning',
  group: 'chip',
  title: 'title.cloning',
  clause: '[9303-11 §6]',
  run: ({ files, contents }) => {
    const hasChipKey = (valueOf(contents['EF.DG14']) ?? []).some(
      (info) => info.kind === 'chip-authentication-public-key',
    );
    const hasMappingKey = (valueOf(contents['EF.CardSecurity'])?.infos ?? []).some(
      (info) => info.kind === 'chip-authentication-public-key',
    );
    const means = [
      ...(files.has('EF.DG15') ? ['AA'] : []),
      ...(hasChipKey ? ['CA'] : []),
      ...(hasMappingKey ? ['PACE-CAM'] : []),
    ];
    return means.length === 0 ? [warn(text('cloning.none'))] : [pass({ found: means.join(', ') })];
  },
};
