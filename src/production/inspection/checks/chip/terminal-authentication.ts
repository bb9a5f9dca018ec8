import { type Check, notChecked, pass } from '../../check';

/**
 * How the chip took the terminal's certificates. A chip that does not know them is no bad chip:
 * another state trusts another authority.
 */
export const terminalAuthentication: Check = {
  id: 'TR3.2:ISO7816_K/terminal',
  group: 'access',
  title: 'title.terminal-authentication',
  clause: '[9303-11 §7.1]',
  run: ({ chip }) => {
    if (chip?.terminal === undefined) return [];
    const { refusal, holder = '' } = chip.terminal;
    return [refusal === undefined ? pass({ found: holder }) : notChecked(refusal)];
  },
};
