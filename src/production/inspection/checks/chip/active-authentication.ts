import { type Check, fail, notChecked, pass, warn } from '../../check';
import { text } from '../../texts/text';

export const activeAuthentication: Check = {
  id: '9303-11:AA/signature',
  group: 'chip',
  title: 'title.active-authentication',
  clause: '[9303-11 §6.1]',
  run: ({ chip, files }) => {
    if (!files.has('EF.DG15')) return [];
    const proof = chip?.activeAuthentication;
    const file = 'EF.DG15';
    if (proof === undefined) return [notChecked(text('aa.files-only'), { file })];
    if (proof.state === 'failed') return [fail(proof.reason, { file })];
    const found = { file, found: proof.algorithm };
    return proof.deviation === undefined ? [pass(found)] : [warn(proof.deviation, found)];
  },
};
