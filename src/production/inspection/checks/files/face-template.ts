import { type Check, passUnless } from '../../check';
import { valueOf } from '../../parsed';
import { templateFindings } from './template-findings';

const FILE = 'EF.DG2';

export const faceTemplate: Check = {
  id: 'ICAO3:LDS_C/template',
  group: 'files',
  title: 'title.face-template',
  clause: '[9303-10 §4.7.2, table 44]',
  run: ({ contents }) => {
    const faces = valueOf(contents[FILE]);
    if (faces === undefined) return [];
    return passUnless(
      faces.flatMap(({ template }) => templateFindings(FILE, template)),
      { file: FILE, found: faces.map(({ format }) => format).join(', ') },
    );
  },
};
