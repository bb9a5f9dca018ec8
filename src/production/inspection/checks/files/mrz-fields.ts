import { readMrzFields } from '../../../../standards/mrz/parse-mrz';
import { type Check, fail, pass } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';

export const mrzFields: Check = {
  id: 'ICAO3:LDS_B/fields',
  group: 'files',
  title: 'title.mrz-fields',
  clause: '[9303-3 §4, 9303-10 §4.7.1]',
  run: ({ contents }) => {
    const mrz = valueOf(contents['EF.DG1']);
    if (mrz === undefined) return [];
    const fields = attempt(() => readMrzFields(mrz));
    const file = 'EF.DG1';
    if (fields.state === 'good') return [pass({ file, found: fields.value.form })];
    const detail = fields.state === 'malformed' ? fields.detail : '';
    return [fail(text('mrz.field-wrong', { detail }), { file })];
  },
};
