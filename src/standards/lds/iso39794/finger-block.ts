import type { BlockSpec } from './block-codec';
import {
  DATE_TIME,
  PRESENTATION_ATTACK,
  QUALITY,
  REGISTRY_ID,
  VERSION_BLOCK,
} from './common-blocks';

/** Codes of the image data format of a finger [ISO 39794-4]. */
export const FINGER_IMAGE_FORMATS_39794 = {
  pgm: 0,
  wsq: 1,
  'jpeg2000-lossy': 2,
  'jpeg2000-lossless': 3,
  png: 4,
} as const;

/** Codes of the impression that enrolment makes [ISO 39794-4]. */
export const FINGER_IMPRESSIONS_39794 = { 'plain-contact': 0, unknown: 29 } as const;

/**
 * One print of a finger [ISO 39794-4]. No text of the part was at hand: members, tags and codes are
 * those of its published ASN.1 as public readers quote it, edition 1 version 2. Segmentation, annotation, comments and vendors' data are
 * passed over.
 */
export const FINGER_REPRESENTATION = {
  /** 1 right thumb to 10 left little finger, as in ISO/IEC 19794-4. */
  position: { tag: 0, kind: 'plain-code', required: true },
  impression: { tag: 1, kind: 'plain-code', required: true },
  imageDataFormat: { tag: 2, kind: 'plain-code', required: true },
  image: { tag: 3, kind: 'octets', required: true },
  captureDateTime: { tag: 4, kind: 'block', members: DATE_TIME },
  captureDevice: {
    tag: 5,
    kind: 'block',
    members: {
      modelId: { tag: 0, kind: 'block', members: REGISTRY_ID },
      certificationIds: { tag: 2, kind: 'blocks', members: REGISTRY_ID },
    },
  },
  quality: { tag: 6, kind: 'blocks', members: QUALITY },
  samplingRate: {
    tag: 7,
    kind: 'block',
    members: {
      samplesPerUnit: { tag: 0, kind: 'uint', required: true },
      /** 0 inch, 1 centimetre. */
      unit: { tag: 1, kind: 'uint', required: true },
    },
  },
  positionComputedByCaptureSystem: { tag: 8, kind: 'boolean' },
  originalRotation: { tag: 9, kind: 'uint' },
  rotatedToVertical: { tag: 10, kind: 'boolean' },
  lossilyCompressed: { tag: 11, kind: 'boolean' },
  presentationAttack: { tag: 14, kind: 'block', members: PRESENTATION_ATTACK },
} as const satisfies BlockSpec;

/** A finger image data block [ISO 39794-4]. */
export const FINGER_DATA_BLOCK = {
  version: { tag: 0, kind: 'block', members: VERSION_BLOCK, required: true },
  representations: { tag: 1, kind: 'blocks', members: FINGER_REPRESENTATION, required: true },
} as const satisfies BlockSpec;
