import type { BlockSpec } from './block-codec';
import { DATE_TIME, PRESENTATION_ATTACK, QUALITY, VERSION_BLOCK } from './common-blocks';

/** Codes of the image data format of an iris [ISO 39794-6]. */
export const IRIS_IMAGE_FORMATS_39794 = {
  pgm: 0,
  ppm: 1,
  png: 2,
  'jpeg2000-lossless': 3,
  'jpeg2000-lossy': 4,
} as const;

/** Codes that the line writes [ISO 39794-6]. */
export const IRIS_CODES_39794 = {
  imageKind: { uncropped: 1, vga: 2, cropped: 3, 'cropped-and-masked': 7 },
  horizontalOrientation: { undefined: 0, 'left-to-right': 1, 'right-to-left': 2 },
  verticalOrientation: { undefined: 0, 'top-to-bottom': 1, 'bottom-to-top': 2 },
  compressionHistory: { undefined: 0, 'lossless-or-none': 1, lossy: 2 },
  rangingError: { unassigned: 0, failed: 1, overflow: 2 },
} as const;

/**
 * One picture of an iris [ISO 39794-6]. No text of the part was at hand: members, tags and codes are
 * those of its published ASN.1 as public readers quote it, edition 1 version 1. One reader counts
 * without the member `range`; it then reads neither time nor picture of such a record. Capture device and localization are passed over.
 */
export const IRIS_REPRESENTATION = {
  /** 0 unknown, 1 right, 2 left. */
  eye: { tag: 0, kind: 'uint', required: true },
  imageKind: { tag: 1, kind: 'plain-code', required: true },
  bitDepth: { tag: 2, kind: 'uint', required: true },
  imageDataFormat: { tag: 3, kind: 'plain-code', required: true },
  horizontalOrientation: { tag: 4, kind: 'uint', required: true },
  verticalOrientation: { tag: 5, kind: 'uint', required: true },
  compressionHistory: { tag: 6, kind: 'uint', required: true },
  /** Distance of the eye, or why there is none. */
  range: {
    tag: 7,
    kind: 'block',
    required: true,
    members: { range: { tag: 0, kind: 'uint' }, error: { tag: 1, kind: 'uint' } },
  },
  captureDateTime: { tag: 8, kind: 'block', members: DATE_TIME, required: true },
  image: { tag: 9, kind: 'octets', required: true },
  quality: { tag: 11, kind: 'blocks', members: QUALITY },
  rollAngle: {
    tag: 12,
    kind: 'block',
    members: {
      angle: { tag: 0, kind: 'uint', required: true },
      uncertainty: { tag: 1, kind: 'uint', required: true },
    },
  },
  presentationAttack: { tag: 14, kind: 'block', members: PRESENTATION_ATTACK },
} as const satisfies BlockSpec;

/** An iris image data block [ISO 39794-6]. */
export const IRIS_DATA_BLOCK = {
  version: { tag: 0, kind: 'block', members: VERSION_BLOCK, required: true },
  representations: { tag: 1, kind: 'blocks', members: IRIS_REPRESENTATION, required: true },
} as const satisfies BlockSpec;
