import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeAscii } from '../bytes/text';
import { FixedFields } from './fixed-fields';

/**
 * A finger image with its headers [ISO 19794-4 §7]. The layout rests on general knowledge of the
 * standard and on what public readers read; it agrees with the reference set of BSI TR-03105-5.1.
 */
export interface FingerImage19794 {
  readonly captureDevice: number;
  /** 31 for 500, 41 for 1000 points an inch with full grey scale. */
  readonly acquisitionLevel: number;
  /** Points an inch, of the scan and of the image. */
  readonly scanResolutionPpi: number;
  readonly imageResolutionPpi: number;
  readonly pixelDepthBits: number;
  readonly compression: FingerCompression;
  /** 1 right thumb to 10 left little finger, 0 unknown. */
  readonly position: number;
  /** 0 to 100, or 254 where it was not measured. */
  readonly quality: number;
  /** 0 live-scan plain, 1 live-scan rolled. */
  readonly impression: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly image: Uint8Array;
}

/** Compression algorithms by their code [ISO 19794-4 §7.1.13]. */
export const FINGER_COMPRESSIONS = {
  raw: 0,
  'raw-packed': 1,
  wsq: 2,
  jpeg: 3,
  jpeg2000: 4,
  png: 5,
} as const;

export type FingerCompression = keyof typeof FINGER_COMPRESSIONS;

/** Quality that was not measured. */
export const FINGER_QUALITY_UNDEFINED = 254;

const FORMAT_IDENTIFIER = encodeAscii('FIR\0');
const VERSION = encodeAscii('010\0');
const RECORD_HEADER_BYTES = 32;
const IMAGE_HEADER_BYTES = 14;
const RECORD_LENGTH_BYTES = 6;
const POINTS_PER_INCH = 1;
const MAX_IMAGES = 16;

/**
 * A finger image record of version 010 with one image [ISO 19794-4 §7.1].
 *
 * @throws RangeError when a value does not fit its place.
 */
export function encodeFingerRecord19794(finger: FingerImage19794): Uint8Array {
  const imageBytes = IMAGE_HEADER_BYTES + finger.image.length;
  const { scanResolutionPpi: scan, imageResolutionPpi: resolution } = finger;
  return concatBytes(
    FORMAT_IDENTIFIER,
    VERSION,
    encodeUint(RECORD_HEADER_BYTES + imageBytes, RECORD_LENGTH_BYTES),
    encodeUint(finger.captureDevice, 2),
    encodeUint(finger.acquisitionLevel, 2),
    Uint8Array.of(1, POINTS_PER_INCH),
    ...[scan, scan, resolution, resolution].map((value) => encodeUint(value, 2)),
    Uint8Array.of(finger.pixelDepthBits, FINGER_COMPRESSIONS[finger.compression], 0, 0),
    encodeUint(imageBytes, 4),
    // One view of one finger.
    Uint8Array.of(finger.position, 1, 1, finger.quality, finger.impression),
    encodeUint(finger.widthPx, 2),
    encodeUint(finger.heightPx, 2),
    Uint8Array.of(0),
    finger.image,
  );
}

/** Reads a finger image record of version 010 [ISO 19794-4 §7.1]. @throws MalformedError */
export function parseFingerRecord19794(
  bytes: Uint8Array,
  place: string,
): readonly FingerImage19794[] {
  const fields = new FixedFields(bytes, place);
  fields.expect(FORMAT_IDENTIFIER, 'the format identifier FIR');
  fields.expect(VERSION, 'version 010');
  fields.expectRecordLength(RECORD_LENGTH_BYTES);
  const captureDevice = fields.uint(2);
  const acquisitionLevel = fields.uint(2);
  const count = fields.uint(1);
  if (count < 1 || count > MAX_IMAGES) {
    throw new MalformedError(place, `${count} images, where 1 to ${MAX_IMAGES} belong`);
  }
  const pointsPerInch = inPointsPerInch(fields.uint(1));
  const scanResolutionPpi = pointsPerInch(fields.uint(2));
  fields.uint(2);
  const imageResolutionPpi = pointsPerInch(fields.uint(2));
  fields.uint(2);
  const header = {
    ...{ captureDevice, acquisitionLevel, scanResolutionPpi, imageResolutionPpi },
    pixelDepthBits: fields.uint(1),
    compression: fields.code(FINGER_COMPRESSIONS, 'image compression'),
  };
  fields.bytes(2);
  const fingers = Array.from({ length: count }, () => ({ ...header, ...parseImage(fields) }));
  fields.expectEnd('finger');
  return fingers;
}

/** Scale units are inches or centimetres; what says neither is taken for inches. */
function inPointsPerInch(unit: number): (value: number) => number {
  return unit === 2 ? (value) => Math.round(value * 2.54) : (value) => value;
}

function parseImage(
  fields: FixedFields,
): Pick<
  FingerImage19794,
  'position' | 'quality' | 'impression' | 'widthPx' | 'heightPx' | 'image'
> {
  const imageBytes = fields.uint(4) - IMAGE_HEADER_BYTES;
  if (imageBytes < 0) fields.refuse('a finger is shorter than its own header');
  const position = fields.uint(1);
  fields.bytes(2);
  const quality = fields.uint(1);
  const impression = fields.uint(1);
  const widthPx = fields.uint(2);
  const heightPx = fields.uint(2);
  fields.bytes(1);
  return { position, quality, impression, widthPx, heightPx, image: fields.bytes(imageBytes) };
}
