import { encodeHex } from '../../../../standards/bytes/hex';
import {
  type BiometricHeader,
  type BiometricTemplate,
  parseBiometricGroup,
} from '../../../../standards/lds/biometric-group';
import {
  FACE_IMAGE_TYPES,
  type FaceImage19794,
  parseFaceRecord19794,
} from '../../../../standards/lds/face-record-19794';
import { dataGroupTag } from '../../../../standards/lds/lds-file-table';
import { NotComputable } from '../not-computable';
import { LDS } from '../topics/lds';
import { maskDigits } from './mask-text';
import type { Candidate } from './recording';

const CONSTRUCTED = 'the block of ISO/IEC 39794 says more than the figures of vectors can';

/**
 * What stands before the picture of EF.DG2, EF.DG3 or EF.DG4; the picture itself is left out and
 * told by its length.
 *
 * @throws MalformedError, and NotComputable for what no entry can describe.
 */
export function recordBiometricHead(group: 2 | 3 | 4, file: Uint8Array): readonly Candidate[] {
  const place = `EF.DG${group}`;
  const [template, ...others] = parseBiometricGroup(file, dataGroupTag(group), place).templates;
  if (template === undefined) throw new NotComputable('it holds no sample');
  if (others.length > 0) throw new NotComputable('it holds several samples');
  if (template.encoding === 'constructed') throw new NotComputable(CONSTRUCTED);
  const head = recordHead(group, file, template);
  return group === 2 ? [head, ...recordFace(template.data)] : [head];
}

function recordHead(group: number, file: Uint8Array, template: BiometricTemplate): Candidate {
  const { header, data } = template;
  const expected = {
    header_hex: encodeHex(file.subarray(0, file.length - data.length)),
    total_length: file.length,
  };
  const inputs = headInputs(group, header, data.length);
  const { creation } = inputs;
  const other = typeof creation === 'string' ? { creation: maskDigits(creation) } : {};
  return {
    topic: LDS,
    id: `ef-dg${group}-head`,
    real: { inputs, expected },
    masked: { inputs: { ...inputs, ...other }, what: ['the picture', 'time of creation'] },
  };
}

function headInputs(
  group: number,
  header: BiometricHeader,
  length: number,
): Readonly<Record<string, unknown>> {
  const hex = (name: string, value: Uint8Array | undefined) =>
    value === undefined ? {} : { [name]: encodeHex(value) };
  const code = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  return {
    dg: group,
    ...hex('icao_header_version', header.version),
    ...hex('biometric_type', header.biometricType),
    ...hex('biometric_subtype', header.biometricSubtype),
    ...hex('creation', header.created),
    ...hex('validity', header.validity),
    ...hex('creator_pid', header.creator),
    format_owner: code(header.formatOwner),
    format_type: code(header.formatType),
    bdb_length: length,
  };
}

/** The face record of ISO/IEC 19794-5 before its picture. */
function recordFace(record: Uint8Array): readonly Candidate[] {
  const [face, ...others] = parseFaceRecord19794(record, 'EF.DG2');
  if (face === undefined || others.length > 0) return [];
  const head = record.subarray(0, record.length - face.image.length);
  const expected = { record_header_hex: encodeHex(head), record_length: record.length };
  const inputs = faceInputs(face);
  const nobody = { ...inputs, gender: 0, eye_colour: 0, hair_colour: 0 };
  return [
    {
      topic: LDS,
      id: 'face-record-19794',
      real: { inputs, expected },
      masked: { inputs: nobody, what: ['the picture', 'gender', 'colour of eyes and hair'] },
    },
  ];
}

function faceInputs(face: FaceImage19794): Readonly<Record<string, unknown>> {
  return {
    image_length: face.image.length,
    gender: face.gender,
    eye_colour: face.eyeColour,
    hair_colour: face.hairColour,
    image_type: FACE_IMAGE_TYPES[face.imageType],
    image_data_type: face.imageFormat === 'jpeg2000' ? 1 : 0,
    width: face.widthPx,
    height: face.heightPx,
    colour_space: face.colourSpace,
    source_type: face.sourceType,
  };
}
