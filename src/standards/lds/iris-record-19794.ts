import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeAscii } from '../bytes/text';
import { FixedFields } from './fixed-fields';

/**
 * A picture of an iris with its headers [ISO 19794-6 §6.5]. The layout of 2005 rests on general
 * knowledge and on what public readers read.
 */
export interface IrisImage19794 {
  readonly captureDevice: number;
  /** Orientation, scan, occlusion and boundary, as bits. */
  readonly properties: number;
  /** In pixels; 0 where it was not measured. */
  readonly irisDiameterPx: number;
  readonly imageFormat: IrisImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly intensityDepthBits: number;
  readonly transformation: number;
  /** 16 bytes. */
  readonly deviceUniqueId: Uint8Array;
  /** 0 unknown, 1 right, 2 left. */
  readonly eye: number;
  /** 0 to 100, or 254 where it was not measured. */
  readonly quality: number;
  /** FFFF where it was not measured. */
  readonly rotation: number;
  readonly rotationUncertainty: number;
  readonly image: Uint8Array;
}

/** Image formats by their code [ISO 19794-6 §6.5.2]. */
export const IRIS_IMAGE_FORMATS_19794 = {
  'mono-raw': 2,
  'rgb-raw': 4,
  'mono-jpeg': 6,
  'rgb-jpeg': 8,
  'mono-jpeg-ls': 10,
  'rgb-jpeg-ls': 12,
  'mono-jpeg2000': 14,
  'rgb-jpeg2000': 16,
} as const;

export type IrisImageFormat = keyof typeof IRIS_IMAGE_FORMATS_19794;

/** What a picture says when nothing more is known of it [ISO 19794-6 §6.5]. */
export const UNSPECIFIED_IRIS = {
  captureDevice: 0,
  properties: 0,
  irisDiameterPx: 0,
  intensityDepthBits: 8,
  transformation: 0,
  deviceUniqueId: new Uint8Array(16),
  quality: 254,
  rotation: 0xffff,
  rotationUncertainty: 0xffff,
} as const satisfies Partial<IrisImage19794>;

const FORMAT_IDENTIFIER = encodeAscii('IIR\0');
const VERSION = encodeAscii('010\0');
const RECORD_HEADER_BYTES = 45;
const SUBTYPE_HEADER_BYTES = 3;
const IMAGE_HEADER_BYTES = 11;
const MAX_EYES = 2;
const MAX_IMAGES = 16;

/**
 * An iris image record of version 010 with one picture of one eye [ISO 19794-6 §6.5].
 *
 * @throws RangeError when a value does not fit its place.
 */
export function encodeIrisRecord19794(iris: IrisImage19794): Uint8Array {
  const { image } = iris;
  const length = RECORD_HEADER_BYTES + SUBTYPE_HEADER_BYTES + IMAGE_HEADER_BYTES + image.length;
  const deviceUniqueId = new Uint8Array(16);
  deviceUniqueId.set(iris.deviceUniqueId);
  return concatBytes(
    FORMAT_IDENTIFIER,
    VERSION,
    encodeUint(length, 4),
    encodeUint(iris.captureDevice, 2),
    Uint8Array.of(1),
    encodeUint(RECORD_HEADER_BYTES, 2),
    encodeUint(iris.properties, 2),
    encodeUint(iris.irisDiameterPx, 2),
    encodeUint(IRIS_IMAGE_FORMATS_19794[iris.imageFormat], 2),
    encodeUint(iris.widthPx, 2),
    encodeUint(iris.heightPx, 2),
    Uint8Array.of(iris.intensityDepthBits, iris.transformation),
    deviceUniqueId,
    Uint8Array.of(iris.eye),
    encodeUint(1, 2),
    encodeUint(1, 2),
    Uint8Array.of(iris.quality),
    encodeUint(iris.rotation, 2),
    encodeUint(iris.rotationUncertainty, 2),
    encodeUint(image.length, 4),
    image,
  );
}

/** Reads an iris image record of version 010 [ISO 19794-6 §6.5]. @throws MalformedError */
export function parseIrisRecord19794(bytes: Uint8Array, place: string): readonly IrisImage19794[] {
  const fields = new FixedFields(bytes, place);
  fields.expect(FORMAT_IDENTIFIER, 'the format identifier IIR');
  fields.expect(VERSION, 'version 010');
  fields.expectRecordLength(4);
  const captureDevice = fields.uint(2);
  const eyes = countOf(fields.uint(1), { what: 'eyes', most: MAX_EYES, place });
  if (fields.uint(2) !== RECORD_HEADER_BYTES) fields.refuse('the record header is not 45 bytes');
  const header = {
    captureDevice,
    properties: fields.uint(2),
    irisDiameterPx: fields.uint(2),
    imageFormat: imageFormatOf(fields.uint(2), place),
    widthPx: fields.uint(2),
    heightPx: fields.uint(2),
    intensityDepthBits: fields.uint(1),
    transformation: fields.uint(1),
    deviceUniqueId: fields.bytes(16),
  };
  const irises = Array.from({ length: eyes }, () => {
    const eye = fields.uint(1);
    const images = countOf(fields.uint(2), { what: 'images', most: MAX_IMAGES, place });
    return Array.from({ length: images }, () => ({ ...header, eye, ...parseImage(fields) }));
  });
  fields.expectEnd('iris');
  return irises.flat();
}

function parseImage(
  fields: FixedFields,
): Pick<IrisImage19794, 'quality' | 'rotation' | 'rotationUncertainty' | 'image'> {
  fields.uint(2);
  return {
    quality: fields.uint(1),
    rotation: fields.uint(2),
    rotationUncertainty: fields.uint(2),
    image: fields.bytes(fields.uint(4)),
  };
}

function countOf(
  count: number,
  { what, most, place }: { readonly what: string; readonly most: number; readonly place: string },
): number {
  if (count >= 1 && count <= most) return count;
  throw new MalformedError(place, `${count} ${what}, where 1 to ${most} belong`);
}

function imageFormatOf(code: number, place: string): IrisImageFormat {
  const names = Object.keys(IRIS_IMAGE_FORMATS_19794) as IrisImageFormat[];
  const found = names.find((name) => IRIS_IMAGE_FORMATS_19794[name] === code);
  if (found === undefined) throw new MalformedError(place, `image format ${code} is unknown`);
  return found;
}
