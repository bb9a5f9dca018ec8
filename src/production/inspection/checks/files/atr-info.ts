import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';
import type { EfAtrInfo } from '../../../../standards/lds/ef-atr-info';

const FILE = 'EF.ATR-INFO';
/** The longest short command: header, Lc, 255 bytes and Le. */
const SHORT_COMMAND_BYTES = 261;

/** A reader sends commands as long as this file says: a wrong figure breaks the reading. */
export const atrInfo: Check = {
  id: 'TR3.2:LDS_L/lengths',
  group: 'files',
  title: 'title.atr-info',
  clause: '[9303-10 §3.11.2, TR-03105-3.2 §LDS_L]',
  run: ({ contents }) => {
    const info = valueOf(contents[FILE]);
    if (info === undefined) return [];
    const { maxCommand, maxResponse } = info.extendedLength ?? {};
    return passUnless(complaints(info), {
      file: FILE,
      found: maxCommand === undefined ? 'no 7F66' : `${maxCommand}, ${maxResponse} bytes`,
    });
  },
};

function complaints({ capabilities, extendedLength }: EfAtrInfo): Finding[] {
  if (extendedLength === undefined) {
    return capabilities.lengthsInFile ? [warn(text('atr-info.no-lengths'), { file: FILE })] : [];
  }
  return Object.values(extendedLength)
    .filter((bytes) => bytes < SHORT_COMMAND_BYTES - 5)
    .map((found) => fail(text('atr-info.short', { found }), { file: FILE }));
}
