import { type Check, note, pass, warn } from '../../check';
import { text } from '../../texts/text';

export const accessProtocol: Check = {
  id: 'ICAO3:ISO7816/access',
  group: 'access',
  title: 'title.access',
  clause: '[9303-11 §4.2]',
  run: ({ chip }) => {
    if (chip === undefined) return [];
    const { protocol, paceOffered, words, variant, paceRefusals, paceUnusable } = chip.access;
    if (protocol === 'none') return [warn(text('access.plain'))];
    const found = variant === undefined ? words : `${words}, ${variant}`;
    if (paceRefusals !== undefined) {
      return [warn(text('access.pace-refused', { detail: paceRefusals.join('; ') }), { found })];
    }
    if (paceUnusable !== undefined) {
      return [warn(text('access.pace-unusable', { detail: paceUnusable.join('; ') }), { found })];
    }
    return protocol === 'bac' && paceOffered
      ? [note(text('access.bac-although-pace'), { found })]
      : [pass({ found })];
  },
};
