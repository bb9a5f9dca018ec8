import type { BiometricTemplate } from '../../../../standards/lds/biometric-group';
import { parseFingerRecord19794 } from '../../../../standards/lds/finger-record-19794';
import { parseFingerRecord39794 } from '../../../../standards/lds/finger-record-39794';
import { fingerCode, fingerOfSubtype } from '../../../../standards/lds/sample-positions';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';
import { pictureDetail } from './sample-picture';
import { templateFindings } from './template-findings';

const FILE = 'EF.DG3';

/** Every print: header, subtype, record and the head of its picture; pixels are never decoded. */
export const fingers: Check = {
  id: 'TR3.2:LDS_G/fingers',
  group: 'files',
  title: 'title.fingers',
  clause: '[9303-10 §4.7.3, TR-03105-3.2 §LDS_G]',
  run: ({ contents }) => {
    const group = valueOf(contents[FILE]);
    if (group === undefined) return [];
    const { templates, discretionary } = group;
    const isBare = templates.length === 0 && (discretionary?.length ?? 0) === 0;
    const complaints = [
      ...(isBare ? [warn(text('template.empty', { file: FILE }), { file: FILE })] : []),
      ...templates.flatMap((template, index) => sampleFindings(template, index + 1)),
      ...(hasTwice(templates)
        ? [warn(text('template.twice', { file: FILE }), { file: FILE })]
        : []),
    ];
    return passUnless(complaints, { file: FILE, found: `${templates.length} samples` });
  },
};

function sampleFindings(template: BiometricTemplate, sample: number): Finding[] {
  const wrong = templateFindings(FILE, template);
  if (wrong.length > 0) return wrong;
  const [subtype] = template.header.biometricSubtype ?? [];
  const about = { file: FILE, sample };
  if (subtype === undefined) return [fail(text('template.no-subtype', about), { file: FILE })];
  const finger = attempt(() => fingerOfSubtype(subtype, `subtype ${subtype.toString(16)}`));
  if (finger.state === 'malformed') {
    const { detail } = finger;
    return [fail(text('template.subtype', { ...about, detail }), { file: FILE })];
  }
  const records = attempt(() => readRecords(template));
  if (records.state !== 'good') {
    const detail = records.state === 'malformed' ? records.detail : '';
    return [fail(text('template.record', { ...about, detail }), { file: FILE })];
  }
  const code = finger.state === 'good' ? fingerCode(finger.value) : 0;
  return records.value.flatMap(({ position, image }) => {
    const detail = pictureDetail(image);
    return [
      // 0 is an unknown finger: the header alone says which it is.
      ...(position === code || position === 0
        ? []
        : [warn(text('template.position', about), { file: FILE })]),
      ...(detail === undefined
        ? []
        : [fail(text('template.picture', { ...about, detail }), { file: FILE })]),
    ];
  });
}

function readRecords(
  template: BiometricTemplate,
): readonly { readonly position: number; readonly image: Uint8Array }[] {
  return template.encoding === 'constructed'
    ? parseFingerRecord39794(template.data, FILE)
    : parseFingerRecord19794(template.data, FILE);
}

function hasTwice(templates: readonly BiometricTemplate[]): boolean {
  const subtypes = templates.flatMap(({ header }) => header.biometricSubtype?.[0] ?? []);
  return new Set(subtypes).size !== subtypes.length;
}
