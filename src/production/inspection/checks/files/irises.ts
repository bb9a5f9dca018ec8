import type { BiometricTemplate } from '../../../../standards/lds/biometric-group';
import { parseIrisRecord19794 } from '../../../../standards/lds/iris-record-19794';
import { parseIrisRecord39794 } from '../../../../standards/lds/iris-record-39794';
import { eyeOfSubtype } from '../../../../standards/lds/sample-positions';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';
import { pictureDetail } from './sample-picture';
import { templateFindings } from './template-findings';

const FILE = 'EF.DG4';

/** Every iris: header, record, the head of its picture, and the subtype, which is optional here. */
export const irises: Check = {
  id: 'TR3.2:LDS_H/irises',
  group: 'files',
  title: 'title.irises',
  clause: '[9303-10 §4.7.4, TR-03105-3.2 §LDS_H]',
  run: ({ contents }) => {
    const group = valueOf(contents[FILE]);
    if (group === undefined) return [];
    const { templates, discretionary } = group;
    const isBare = templates.length === 0 && (discretionary?.length ?? 0) === 0;
    const complaints = [
      ...(isBare ? [warn(text('template.empty', { file: FILE }), { file: FILE })] : []),
      ...templates.flatMap((template, index) => sampleFindings(template, index + 1)),
    ];
    return passUnless(complaints, { file: FILE, found: `${templates.length} samples` });
  },
};

function sampleFindings(template: BiometricTemplate, sample: number): Finding[] {
  const wrong = templateFindings(FILE, template);
  if (wrong.length > 0) return wrong;
  const about = { file: FILE, sample };
  const [subtype] = template.header.biometricSubtype ?? [];
  const eye = attempt(() => (subtype ? eyeOfSubtype(subtype, FILE) : undefined));
  if (eye.state === 'malformed') {
    return [fail(text('template.subtype', { ...about, detail: eye.detail }), { file: FILE })];
  }
  const records = attempt(() => readRecords(template));
  if (records.state !== 'good') {
    const detail = records.state === 'malformed' ? records.detail : '';
    return [fail(text('template.record', { ...about, detail }), { file: FILE })];
  }
  return records.value.flatMap(({ image }) => {
    const detail = pictureDetail(image);
    return detail === undefined
      ? []
      : [fail(text('template.picture', { ...about, detail }), { file: FILE })];
  });
}

function readRecords(template: BiometricTemplate): readonly { readonly image: Uint8Array }[] {
  return template.encoding === 'constructed'
    ? parseIrisRecord39794(template.data, FILE)
    : parseIrisRecord19794(template.data, FILE);
}
