import { type Check, fail, pass } from '../../check';

export const chipAuthentication: Check = {
  id: '9303-11:CA/key-agreement',
  group: 'chip',
  title: 'title.chip-authentication',
  clause: '[9303-11 §6.2]',
  run: ({ chip }) => {
    const proof = chip?.chipAuthentication;
    if (proof === undefined) return [];
    const file = 'EF.DG14';
    return proof.state === 'proved'
      ? [pass({ file, found: proof.algorithm })]
      : [fail(proof.reason, { file })];
  },
};
