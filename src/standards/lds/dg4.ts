import { MalformedError } from '../bytes/malformed';
import {
  BIOMETRIC_FORMATS,
  encodeBiometricGroup,
  parseBiometricGroup,
  type BiometricGroup,
  type BiometricTemplate,
} from './biometric-group';
import { encodeIrisRecord19794, parseIrisRecord19794, UNSPECIFIED_IRIS } from './iris-record-19794';
import { encodeIrisRecord39794, parseIrisRecord39794 } from './iris-record-39794';
import { IRIS_CODES_39794, IRIS_IMAGE_FORMATS_39794 } from './iso39794/iris-block';
import { LDS_FILE_TABLE } from './lds-file-table';
import { eyeCode, eyeOfSubtype, eyeSubtype, type Eye } from './sample-positions';

/** A picture of an iris as enrolment delivered it, JPEG 2000; its pixels are never decoded. */
export interface IrisPicture {
  readonly eye: Eye;
  readonly imageFormat: 'jpeg2000-lossy' | 'jpeg2000-lossless';
  readonly colour: 'rgb' | 'grey';
  readonly widthPx: number;
  readonly heightPx: number;
  /** The day on which it was taken. */
  readonly captured: { readonly year: number; readonly month: number; readonly day: number };
  readonly image: Uint8Array;
}

/** One iris as it was read. */
export interface ParsedIris {
  readonly template: BiometricTemplate;
  readonly format: 'ISO/IEC 19794-6' | 'ISO/IEC 39794-6';
  readonly eye: Eye;
  readonly image: Uint8Array;
  /** Absent where the format does not say it. */
  readonly widthPx?: number;
  readonly heightPx?: number;
}

const PLACE = 'EF.DG4';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG4'];
const IRIS_TYPE = Uint8Array.of(0x10);
const HEADER_VERSION = Uint8Array.of(0x01, 0x01);

/**
 * EF.DG4 with one template an eye in the format of ISO/IEC 19794-6 [9303-10 §4.7.4].
 *
 * @throws RangeError when a size does not fit its place.
 */
export function encodeDg4With19794(irises: readonly IrisPicture[]): Uint8Array {
  return encodeBiometricGroup(TAG, {
    templates: irises.map((iris) => ({
      header: headerOf(iris, BIOMETRIC_FORMATS.irisImage19794),
      encoding: 'plain',
      data: encodeIrisRecord19794({
        ...UNSPECIFIED_IRIS,
        imageFormat: iris.colour === 'rgb' ? 'rgb-jpeg2000' : 'mono-jpeg2000',
        eye: eyeCode(iris.eye),
        widthPx: iris.widthPx,
        heightPx: iris.heightPx,
        image: iris.image,
      }),
    })),
  });
}

/** EF.DG4 with one template an eye in the format of ISO/IEC 39794-6 [9303-10 §4.7.4]. */
export function encodeDg4With39794(irises: readonly IrisPicture[]): Uint8Array {
  const codes = IRIS_CODES_39794;
  return encodeBiometricGroup(TAG, {
    templates: irises.map((iris) => ({
      header: headerOf(iris, BIOMETRIC_FORMATS.irisImage39794),
      encoding: 'constructed',
      data: encodeIrisRecord39794({
        eye: eyeCode(iris.eye),
        imageKind: codes.imageKind.uncropped,
        bitDepth: iris.colour === 'rgb' ? 24 : 8,
        imageDataFormat: IRIS_IMAGE_FORMATS_39794[iris.imageFormat],
        horizontalOrientation: codes.horizontalOrientation.undefined,
        verticalOrientation: codes.verticalOrientation.undefined,
        compressionHistory: codes.compressionHistory.undefined,
        range: { error: codes.rangingError.unassigned },
        captureDateTime: iris.captured,
        image: iris.image,
      }),
    })),
  });
}

/**
 * EF.DG4 of a document without irises, as EF.DG3 without fingerprints [9303-10 §4.7.4].
 *
 * @param issuerContent random bytes, other ones for every document
 */
export function encodeEmptyDg4(issuerContent: Uint8Array): Uint8Array {
  return encodeBiometricGroup(TAG, { templates: [], discretionary: issuerContent });
}

/** Reads the samples of EF.DG4 without looking into them [9303-10 §4.7.4]. @throws MalformedError */
export function parseDg4(bytes: Uint8Array): BiometricGroup {
  return parseBiometricGroup(bytes, TAG, PLACE);
}

/** The irises in EF.DG4, in either format [9303-10 §4.7.4]. @throws MalformedError */
export function parseDg4Irises(bytes: Uint8Array): readonly ParsedIris[] {
  return parseDg4(bytes).templates.flatMap((template, index) => {
    const place = `${PLACE}, sample ${index + 1}`;
    const [subtype] = template.header.biometricSubtype ?? [];
    if (subtype === undefined) throw new MalformedError(place, 'has no biometric subtype');
    const common = { template, eye: eyeOfSubtype(subtype, place) };
    return template.encoding === 'constructed'
      ? parseIrisRecord39794(template.data, place).map(({ image }): ParsedIris => ({
          ...common,
          format: 'ISO/IEC 39794-6',
          image,
        }))
      : parseIrisRecord19794(template.data, place).map(
          ({ image, widthPx, heightPx }): ParsedIris => ({
            ...common,
            format: 'ISO/IEC 19794-6',
            ...{ image, widthPx, heightPx },
          }),
        );
  });
}

function headerOf({ eye }: IrisPicture, formatType: number): BiometricTemplate['header'] {
  return {
    version: HEADER_VERSION,
    biometricType: IRIS_TYPE,
    biometricSubtype: Uint8Array.of(eyeSubtype(eye)),
    formatOwner: BIOMETRIC_FORMATS.owner,
    formatType,
  };
}
