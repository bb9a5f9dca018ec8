import { type Check, fail, pass } from '../../check';
import { text } from '../../texts/text';

/** A chip that has access control gives the holder's data to nobody without it. */
export const closedWithoutPassword: Check = {
  id: 'ICAO3:ISO7816/closed',
  group: 'access',
  title: 'title.closed-without-password',
  clause: '[9303-11 §4.2, 9303-10 §3.11]',
  run: ({ chip }) => {
    if (chip?.access.opensToAll === undefined) return [];
    return [chip.access.opensToAll ? fail(text('access.opens-to-all')) : pass()];
  },
};
