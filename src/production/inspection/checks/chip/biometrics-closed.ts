import { type Check, pass, warn } from '../../check';
import { text } from '../../texts/text';

/** Fingers and irises are for terminals with rights; a plain reader must not get them. */
export const biometricsClosed: Check = {
  id: 'TR3.2:ISO7816_H/closed',
  group: 'access',
  title: 'title.biometrics-closed',
  clause: '[9303-10 §4.7.3, 9303-11 §7]',
  run: ({ chip, files }) =>
    chip === undefined
      ? []
      : ['EF.DG3', 'EF.DG4']
          .filter((file) => files.has(file))
          .map((file) =>
            chip.terminal?.opened.includes(file) === true
              ? pass({ file })
              : warn(text('biometrics.open', { file }), { file }),
          ),
};
