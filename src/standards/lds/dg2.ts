import { MalformedError } from '../bytes/malformed';
import {
  BIOMETRIC_FORMATS,
  encodeBiometricGroup,
  parseBiometricGroup,
  type BiometricHeader,
  type BiometricTemplate,
} from './biometric-group';
import {
  encodeFaceRecord19794,
  parseFaceRecord19794,
  type FaceImage19794,
} from './face-record-19794';
import {
  encodeFaceRecord39794,
  parseFaceRecord39794,
  type FaceImage39794,
} from './face-record-39794';
import { LDS_FILE_TABLE } from './lds-file-table';

const PLACE = 'EF.DG2';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG2'];
const FACE_TYPE = Uint8Array.of(0x02);
const HEADER_VERSION = Uint8Array.of(0x01, 0x01);

/** One sample of EF.DG2 as it was read: its header and what was understood of its data. */
export interface ParsedFace {
  readonly template: BiometricTemplate;
  readonly format: 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5';
  readonly images: readonly FaceImage[];
}

/** What both formats say of an image. */
export interface FaceImage {
  readonly image: Uint8Array;
  readonly imageFormat: FaceImage19794['imageFormat'] | FaceImage39794['imageFormat'];
  /** Absent where the format does not say it in the fields that are read. */
  readonly widthPx?: number;
  readonly heightPx?: number;
}

function faceHeader(formatType: number): BiometricHeader {
  return {
    version: HEADER_VERSION,
    biometricType: FACE_TYPE,
    formatOwner: BIOMETRIC_FORMATS.owner,
    formatType,
  };
}

/** EF.DG2 with one face image in the format of ISO/IEC 19794-5:2005 [9303-10 §4.7.2]. */
export function encodeDg2With19794(face: FaceImage19794): Uint8Array {
  return encodeBiometricGroup(TAG, {
    templates: [
      {
        header: faceHeader(BIOMETRIC_FORMATS.face19794),
        encoding: 'plain',
        data: encodeFaceRecord19794([face]),
      },
    ],
  });
}

/** EF.DG2 with one face image in the format of ISO/IEC 39794-5 [9303-10 §4.7.2]. */
export function encodeDg2With39794(face: FaceImage39794): Uint8Array {
  return encodeBiometricGroup(TAG, {
    templates: [
      {
        header: {
          formatOwner: BIOMETRIC_FORMATS.owner,
          formatType: BIOMETRIC_FORMATS.face39794,
        },
        encoding: 'constructed',
        data: encodeFaceRecord39794(face),
      },
    ],
  });
}

/**
 * Reads EF.DG2 in either format; the data object tells which it is [9303-10 §4.7.2].
 *
 * @throws MalformedError when there is no face image.
 */
export function parseDg2(bytes: Uint8Array): readonly ParsedFace[] {
  const { templates } = parseBiometricGroup(bytes, TAG, PLACE);
  if (templates.length === 0) throw new MalformedError(PLACE, 'has no face image');
  return templates.map((template, index) => {
    const place = `${PLACE}, sample ${index + 1}`;
    return template.encoding === 'constructed'
      ? {
          template,
          format: 'ISO/IEC 39794-5',
          images: parseFaceRecord39794(template.data, place),
        }
      : {
          template,
          format: 'ISO/IEC 19794-5',
          images: parseFaceRecord19794(template.data, place),
        };
  });
}
