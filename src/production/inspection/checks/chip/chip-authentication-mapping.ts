import { type Check, fail, pass } from '../../check';

/** PACE that proves the chip as well, with the key of EF.CardSecurity. */
export const chipAuthenticationMapping: Check = {
  id: '9303-11:CA/pace-mapping',
  group: 'chip',
  title: 'title.chip-authentication-mapping',
  clause: '[9303-11 §4.4.3.5]',
  run: ({ chip }) => {
    const proof = chip?.chipAuthenticationMapping;
    if (proof === undefined) return [];
    const file = 'EF.CardSecurity';
    return proof.state === 'proved'
      ? [pass({ file, found: proof.algorithm })]
      : [fail(proof.reason, { file })];
  },
};
