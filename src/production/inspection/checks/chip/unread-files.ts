import { type Check, fail, notChecked } from '../../check';

/** Files that are listed and were not read. What needs a terminal's rights is no fault of the chip. */
export const unreadFiles: Check = {
  id: 'ICAO3:ISO7816_D/read',
  group: 'access',
  title: 'title.unread',
  clause: '[9303-10 §4.5, 9303-11 §7]',
  run: ({ chip }) =>
    [...(chip?.unread ?? [])].map(([file, { why, reason }]) =>
      why === 'needs-ta' ? notChecked(reason, { file }) : fail(reason, { file }),
    ),
};
