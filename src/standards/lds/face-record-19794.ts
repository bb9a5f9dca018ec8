import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeAscii } from '../bytes/text';
import { FixedFields } from './fixed-fields';

/**
 * A face image with its information blocks [ISO 19794-5 §5]. Numbers keep their codes; 0 is
 * "unspecified" in all of them.
 */
export interface FaceImage19794 {
  readonly gender: number;
  readonly eyeColour: number;
  readonly hairColour: number;
  /** 24 bits. */
  readonly propertyMask: number;
  readonly expression: number;
  /** Yaw, pitch and roll, one byte each. */
  readonly poseAngle: Uint8Array;
  readonly poseUncertainty: Uint8Array;
  /** Eight bytes a feature point. */
  readonly featurePoints: Uint8Array;
  readonly imageType: FaceImageType;
  readonly imageFormat: 'jpeg' | 'jpeg2000';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colourSpace: number;
  readonly sourceType: number;
  readonly deviceType: number;
  readonly quality: number;
  readonly image: Uint8Array;
}

/** Codes of the face image type [ISO 19794-5 §5.7.1]. */
export const FACE_IMAGE_TYPES = { basic: 0, 'full-frontal': 1, token: 2 } as const;
export type FaceImageType = keyof typeof FACE_IMAGE_TYPES;

/** Colour spaces that the line writes [ISO 19794-5 §5.7.5]. */
export const FACE_COLOUR_SPACES = { unspecified: 0, rgb24: 1, grey8: 3 } as const;

const IMAGE_FORMATS = { jpeg: 0, jpeg2000: 1 } as const;
const FORMAT_IDENTIFIER = encodeAscii('FAC\0');
const VERSION = encodeAscii('010\0');
const RECORD_HEADER_BYTES = 14;
const FACE_HEADER_BYTES = 20;
const IMAGE_HEADER_BYTES = 12;
const FEATURE_POINT_BYTES = 8;
const MAX_FACES = 16;

/** What an image says when nothing more is known of it [ISO 19794-5 §5.5, §5.7]. */
export const UNSPECIFIED_FACE = {
  gender: 0,
  eyeColour: 0,
  hairColour: 0,
  propertyMask: 0,
  expression: 0,
  poseAngle: new Uint8Array(3),
  poseUncertainty: new Uint8Array(3),
  featurePoints: new Uint8Array(),
  imageType: 'full-frontal',
  colourSpace: FACE_COLOUR_SPACES.unspecified,
  sourceType: 0,
  deviceType: 0,
  quality: 0,
} as const satisfies Partial<FaceImage19794>;

/**
 * A face image record of version 010 [ISO 19794-5 §5.3].
 *
 * @throws RangeError when a code or length does not fit its place.
 */
export function encodeFaceRecord19794(images: readonly FaceImage19794[]): Uint8Array {
  const faces = images.map(encodeFace);
  const length = faces.reduce((sum, face) => sum + face.length, RECORD_HEADER_BYTES);
  return concatBytes(
    FORMAT_IDENTIFIER,
    VERSION,
    encodeUint(length, 4),
    encodeUint(images.length, 2),
    ...faces,
  );
}

/** Reads a face image record of version 010 [ISO 19794-5 §5.3]. @throws MalformedError */
export function parseFaceRecord19794(bytes: Uint8Array, place: string): readonly FaceImage19794[] {
  const fields = new FixedFields(bytes, place);
  fields.expect(FORMAT_IDENTIFIER, 'the format identifier FAC');
  fields.expect(VERSION, 'version 010');
  fields.expectRecordLength(4);
  const count = fields.uint(2);
  if (count < 1 || count > MAX_FACES) {
    throw new MalformedError(place, `${count} faces, where 1 to ${MAX_FACES} belong`);
  }
  const faces = Array.from({ length: count }, () => parseFace(fields));
  fields.expectEnd('face');
  return faces;
}

function encodeFace(face: FaceImage19794): Uint8Array {
  const blockBytes =
    FACE_HEADER_BYTES + face.featurePoints.length + IMAGE_HEADER_BYTES + face.image.length;
  return concatBytes(
    encodeUint(blockBytes, 4),
    encodeUint(face.featurePoints.length / FEATURE_POINT_BYTES, 2),
    encodeUint(face.gender, 1),
    encodeUint(face.eyeColour, 1),
    encodeUint(face.hairColour, 1),
    encodeUint(face.propertyMask, 3),
    encodeUint(face.expression, 2),
    face.poseAngle,
    face.poseUncertainty,
    face.featurePoints,
    encodeUint(FACE_IMAGE_TYPES[face.imageType], 1),
    encodeUint(IMAGE_FORMATS[face.imageFormat], 1),
    encodeUint(face.widthPx, 2),
    encodeUint(face.heightPx, 2),
    encodeUint(face.colourSpace, 1),
    encodeUint(face.sourceType, 1),
    encodeUint(face.deviceType, 2),
    encodeUint(face.quality, 2),
    face.image,
  );
}

function parseFace(fields: FixedFields): FaceImage19794 {
  const blockBytes = fields.uint(4);
  const featureBytes = fields.uint(2) * FEATURE_POINT_BYTES;
  const imageBytes = blockBytes - FACE_HEADER_BYTES - featureBytes - IMAGE_HEADER_BYTES;
  if (imageBytes < 0) fields.refuse('a face is shorter than its own headers');
  return {
    gender: fields.uint(1),
    eyeColour: fields.uint(1),
    hairColour: fields.uint(1),
    propertyMask: fields.uint(3),
    expression: fields.uint(2),
    poseAngle: fields.bytes(3),
    poseUncertainty: fields.bytes(3),
    featurePoints: fields.bytes(featureBytes),
    imageType: fields.code(FACE_IMAGE_TYPES, 'face image type'),
    imageFormat: fields.code(IMAGE_FORMATS, 'image data type'),
    widthPx: fields.uint(2),
    heightPx: fields.uint(2),
    colourSpace: fields.uint(1),
    sourceType: fields.uint(1),
    deviceType: fields.uint(2),
    quality: fields.uint(2),
    image: fields.bytes(imageBytes),
  };
}
