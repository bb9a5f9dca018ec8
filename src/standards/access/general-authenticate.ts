import type { CommandApdu } from '../apdu/command';

const CHAINED_CLASS = 0x10;

/**
 * GENERAL AUTHENTICATE with dynamic authentication data; every command of a protocol but the last
 * has the chaining bit [9303-11 §4.4.4.2, §4.4.4.3].
 *
 * @param data `7C …`
 */
export function buildGeneralAuthenticate(
  data: Uint8Array,
  options: { readonly last: boolean },
): CommandApdu {
  return {
    cla: options.last ? 0x00 : CHAINED_CLASS,
    ins: 0x86,
    p1: 0x00,
    p2: 0x00,
    data,
    // Keys of 2,048 bit do not fit into a short command, nor their answers into a short response.
    le: data.length > 0xff ? 0x1_0000 : 0x100,
  };
}
