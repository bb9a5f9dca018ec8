import type { BlockSpec } from './block-codec';
import {
  DATE_TIME,
  PRESENTATION_ATTACK,
  QUALITY,
  REGISTRY_ID,
  VERSION_BLOCK,
} from './common-blocks';

/** Codes of the image data format [ISO 39794-5]. */
export const FACE_IMAGE_FORMATS_39794 = {
  jpeg: 2,
  'jpeg2000-lossy': 3,
  'jpeg2000-lossless': 4,
} as const;

/** Codes that the line writes [ISO 39794-5]; whatever else a block says is kept as its number. */
export const FACE_CODES_39794 = {
  gender: { other: 1, male: 2, female: 3 },
  eyeColour: {
    unknown: 0,
    other: 1,
    black: 2,
    blue: 3,
    brown: 4,
    grey: 5,
    green: 6,
    hazel: 7,
    'multi-coloured': 8,
    pink: 9,
  },
  hairColour: {
    unknown: 0,
    other: 1,
    bald: 2,
    black: 3,
    blonde: 4,
    brown: 5,
    grey: 6,
    white: 7,
    red: 8,
  },
  colourSpace: { rgb24: 2, grey8: 5 },
  imageKind: { mrtd: 0 },
} as const;

const flags = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name, tag) => [name, { tag, kind: 'boolean' }])) as {
    readonly [Name in Names[number]]: { readonly tag: number; readonly kind: 'boolean' };
  };

const ANGLE = {
  value: { tag: 0, kind: 'int', required: true },
  uncertainty: { tag: 1, kind: 'uint' },
} as const satisfies BlockSpec;

/** Who is in the picture and how [ISO 39794-5]. */
const IDENTITY = {
  gender: { tag: 0, kind: 'code' },
  eyeColour: { tag: 1, kind: 'code' },
  hairColour: { tag: 2, kind: 'code' },
  /** In centimetres. */
  subjectHeight: { tag: 3, kind: 'uint' },
  properties: {
    tag: 4,
    kind: 'block',
    members: flags(
      'glasses',
      'moustache',
      'beard',
      'teethVisible',
      'pupilOrIrisNotVisible',
      'mouthOpen',
      'leftEyePatch',
      'rightEyePatch',
      'darkGlasses',
      'biometricAbsent',
      'headCoveringsPresent',
    ),
  },
  expression: {
    tag: 5,
    kind: 'block',
    members: flags(
      'neutral',
      'smile',
      'raisedEyebrows',
      'eyesLookingAwayFromTheCamera',
      'squinting',
      'frowning',
    ),
  },
  /** In degrees. */
  poseAngle: {
    tag: 6,
    kind: 'block',
    members: {
      yaw: { tag: 0, kind: 'block', members: ANGLE },
      pitch: { tag: 1, kind: 'block', members: ANGLE },
      roll: { tag: 2, kind: 'block', members: ANGLE },
    },
  },
} as const satisfies BlockSpec;

/** A CHOICE around a CHOICE is a block with one member around another. */
const LANDMARK_KIND = {
  base: {
    tag: 0,
    kind: 'block',
    members: {
      mpeg4FeaturePoint: { tag: 0, kind: 'code' },
      anthropometricLandmark: {
        tag: 1,
        kind: 'block',
        members: {
          base: {
            tag: 0,
            kind: 'block',
            members: {
              name: { tag: 0, kind: 'code' },
              pointName: { tag: 1, kind: 'code' },
              pointId: { tag: 2, kind: 'code' },
            },
          },
        },
      },
    },
  },
} as const satisfies BlockSpec;

const LANDMARK_COORDINATES = {
  base: {
    tag: 0,
    kind: 'block',
    members: {
      cartesian2d: {
        tag: 0,
        kind: 'block',
        members: {
          x: { tag: 0, kind: 'uint', required: true },
          y: { tag: 1, kind: 'uint', required: true },
        },
      },
      textureImage: {
        tag: 1,
        kind: 'block',
        members: {
          u: { tag: 0, kind: 'uint', required: true },
          v: { tag: 1, kind: 'uint', required: true },
        },
      },
      cartesian3d: {
        tag: 2,
        kind: 'block',
        members: {
          x: { tag: 0, kind: 'uint', required: true },
          y: { tag: 1, kind: 'uint', required: true },
          z: { tag: 2, kind: 'uint', required: true },
        },
      },
    },
  },
} as const satisfies BlockSpec;

const LANDMARK = {
  landmarkKind: { tag: 0, kind: 'block', members: LANDMARK_KIND, required: true },
  coordinates: { tag: 1, kind: 'block', members: LANDMARK_COORDINATES },
} as const satisfies BlockSpec;

const IMAGE_INFORMATION = {
  imageDataFormat: { tag: 0, kind: 'plain-code', required: true },
  faceImageKind: { tag: 1, kind: 'code' },
  postAcquisitionProcessing: {
    tag: 2,
    kind: 'block',
    members: flags(
      'rotated',
      'cropped',
      'downSampled',
      'whiteBalanceAdjusted',
      'multiplyCompressed',
      'interpolated',
      'contrastStretched',
      'poseCorrected',
      'multiViewImage',
      'ageProgressed',
      'superResolutionProcessed',
      'normalised',
    ),
  },
  lossyTransformationAttempts: { tag: 3, kind: 'code' },
  /** In millimetres. */
  cameraToSubjectDistance: { tag: 4, kind: 'uint' },
  sensorDiagonal: { tag: 5, kind: 'uint' },
  lensFocalLength: { tag: 6, kind: 'uint' },
  imageSize: {
    tag: 7,
    kind: 'block',
    members: {
      width: { tag: 0, kind: 'uint', required: true },
      height: { tag: 1, kind: 'uint', required: true },
    },
  },
  faceMeasurements: {
    tag: 8,
    kind: 'block',
    members: {
      headWidth: { tag: 0, kind: 'uint' },
      interEyeDistance: { tag: 1, kind: 'uint' },
      eyeToMouthDistance: { tag: 2, kind: 'uint' },
      headLength: { tag: 3, kind: 'uint' },
    },
  },
  colourSpace: { tag: 9, kind: 'code' },
  referenceColourMapping: {
    tag: 10,
    kind: 'block',
    members: {
      schema: { tag: 0, kind: 'octets' },
      definitions: {
        tag: 1,
        kind: 'blocks',
        members: {
          definition: { tag: 0, kind: 'octets' },
          value: { tag: 1, kind: 'octets' },
        },
      },
    },
  },
} as const satisfies BlockSpec;

const IMAGE_2D = {
  image: { tag: 0, kind: 'octets', required: true },
  information: { tag: 1, kind: 'block', members: IMAGE_INFORMATION, required: true },
  captureDevice: {
    tag: 2,
    kind: 'block',
    members: {
      spectral: {
        tag: 0,
        kind: 'block',
        members: flags('whiteLight', 'nearInfrared', 'thermal'),
      },
      technology: { tag: 1, kind: 'code' },
    },
  },
} as const satisfies BlockSpec;

/** One picture of a face with everything that is said of it [ISO 39794-5; 9303-10 §4.7.2]. */
export const FACE_REPRESENTATION = {
  representationId: { tag: 0, kind: 'uint', required: true },
  imageRepresentation: {
    tag: 1,
    kind: 'block',
    required: true,
    members: {
      base: {
        tag: 0,
        kind: 'block',
        required: true,
        members: { image2d: { tag: 0, kind: 'block', members: IMAGE_2D, required: true } },
      },
    },
  },
  captureDateTime: { tag: 2, kind: 'block', members: DATE_TIME },
  quality: { tag: 3, kind: 'blocks', members: QUALITY },
  presentationAttack: { tag: 4, kind: 'block', members: PRESENTATION_ATTACK },
  sessionId: { tag: 5, kind: 'uint' },
  derivedFrom: { tag: 6, kind: 'uint' },
  captureDevice: {
    tag: 7,
    kind: 'block',
    members: {
      modelId: { tag: 0, kind: 'block', members: REGISTRY_ID },
      certificationIds: { tag: 1, kind: 'blocks', members: REGISTRY_ID },
    },
  },
  identity: { tag: 8, kind: 'block', members: IDENTITY },
  landmarks: { tag: 9, kind: 'blocks', members: LANDMARK },
} as const satisfies BlockSpec;

/** A face image data block [ISO 39794-5]. */
export const FACE_DATA_BLOCK = {
  version: { tag: 0, kind: 'block', members: VERSION_BLOCK, required: true },
  representations: { tag: 1, kind: 'blocks', members: FACE_REPRESENTATION, required: true },
} as const satisfies BlockSpec;
