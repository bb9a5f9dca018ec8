import { type Check, fail, pass } from '../../check';
import { text } from '../../texts/text';

const REQUIRED = ['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.SOD'] as const;

export const requiredFiles: Check = {
  id: 'persoline:LDS/required-files',
  group: 'files',
  title: 'title.required-files',
  clause: '[9303-10 §4.6, §4.7]',
  run: ({ files, chip }) => {
    // A file that is there but could not be read is reported as that.
    const missing = REQUIRED.filter((file) => {
      const unread = chip?.unread.get(file);
      return !files.has(file) && (unread === undefined || unread.why === 'absent');
    });
    return missing.length === 0
      ? [pass({ found: REQUIRED.join(', ') })]
      : missing.map((file) => fail(text('file.missing', { file }), { file }));
  },
};
