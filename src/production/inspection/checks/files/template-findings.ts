import {
  BIOMETRIC_FORMATS,
  type BiometricTemplate,
} from '../../../../standards/lds/biometric-group';
import { fail, type Finding, warn } from '../../check';
import { text } from '../../texts/text';

/** What the header of a biometric sample must say, by the file in which it stands. */
const HEADERS = {
  'EF.DG2': {
    kind: 0x02,
    plain: BIOMETRIC_FORMATS.face19794,
    constructed: BIOMETRIC_FORMATS.face39794,
  },
  'EF.DG3': {
    kind: 0x08,
    plain: BIOMETRIC_FORMATS.fingerImage19794,
    constructed: BIOMETRIC_FORMATS.fingerImage39794,
  },
  'EF.DG4': {
    kind: 0x10,
    plain: BIOMETRIC_FORMATS.irisImage19794,
    constructed: BIOMETRIC_FORMATS.irisImage39794,
  },
} as const;

export type BiometricFile = keyof typeof HEADERS;

/** What is wrong with the header of one sample: owner, format and kind. */
export function templateFindings(file: BiometricFile, template: BiometricTemplate): Finding[] {
  const { header, encoding } = template;
  const wanted = HEADERS[file];
  const type = wanted[encoding];
  const [kind] = header.biometricType ?? [];
  return [
    ...(header.formatOwner === BIOMETRIC_FORMATS.owner
      ? []
      : [
          fail(text('template.owner', words(file, header.formatOwner, BIOMETRIC_FORMATS.owner)), {
            file,
          }),
        ]),
    ...(header.formatType === type
      ? []
      : [
          // The numbers of ISO/IEC 39794 are young, and issuers do not agree on them yet.
          (encoding === 'plain' ? fail : warn)(
            text('template.format', words(file, header.formatType, type)),
            { file },
          ),
        ]),
    ...(kind === undefined || kind === wanted.kind
      ? []
      : [fail(text('template.kind', words(file, kind, wanted.kind, 1)), { file })]),
  ];
}

function words(file: string, found: number, expected: number, bytes = 2) {
  const hex = (value: number) =>
    value
      .toString(16)
      .toUpperCase()
      .padStart(2 * bytes, '0');
  return { file, found: hex(found), expected: hex(expected) };
}
