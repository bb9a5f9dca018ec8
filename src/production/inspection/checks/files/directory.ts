import { encodeHex } from '../../../../standards/bytes/hex';
import { LDS_APPLICATION_AIDS } from '../../../../standards/lds/lds-file-table';
import { type Check, pass, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

const FILE = 'EF.DIR';

export const directory: Check = {
  id: 'persoline:LDS/directory',
  group: 'files',
  title: 'title.directory',
  clause: '[9303-10 §3.11.1]',
  run: ({ contents }) => {
    const applications = valueOf(contents[FILE])?.map(encodeHex);
    if (applications === undefined) return [];
    const evidence = { file: FILE, found: applications.join(', ') };
    return applications.includes(LDS_APPLICATION_AIDS.emrtd)
      ? [pass(evidence)]
      : [warn(text('directory.absent'), evidence)];
  },
};
