import { MalformedError } from '../bytes/malformed';
import {
  BIOMETRIC_FORMATS,
  encodeBiometricGroup,
  parseBiometricGroup,
  type BiometricGroup,
  type BiometricTemplate,
} from './biometric-group';
import {
  encodeFingerRecord19794,
  FINGER_QUALITY_UNDEFINED,
  parseFingerRecord19794,
} from './finger-record-19794';
import { encodeFingerRecord39794, parseFingerRecord39794 } from './finger-record-39794';
import { FINGER_IMAGE_FORMATS_39794, FINGER_IMPRESSIONS_39794 } from './iso39794/finger-block';
import { LDS_FILE_TABLE } from './lds-file-table';
import { fingerCode, fingerOfSubtype, fingerSubtype, type Finger } from './sample-positions';

/** A print as enrolment delivered it; its pixels are never decoded. */
export interface FingerPrint {
  readonly finger: Finger;
  readonly imageFormat: 'wsq' | 'jpeg2000-lossy' | 'jpeg2000-lossless';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly image: Uint8Array;
}

/** One print as it was read. */
export interface ParsedFinger {
  readonly template: BiometricTemplate;
  readonly format: 'ISO/IEC 19794-4' | 'ISO/IEC 39794-4';
  /** By the header of its template. */
  readonly finger: Finger;
  /** By the record itself: 1 right thumb to 10 left little finger. */
  readonly position: number;
  readonly image: Uint8Array;
  /** Absent where the format does not say it. */
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly resolutionPpi?: number;
}

const PLACE = 'EF.DG3';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG3'];
const FINGER_TYPE = Uint8Array.of(0x08);
const HEADER_VERSION = Uint8Array.of(0x01, 0x01);
const HIGH_RESOLUTION_PPI = 750;

/**
 * EF.DG3 with one template a finger in the format of ISO/IEC 19794-4 [9303-10 §4.7.3, tables 49-52].
 *
 * @throws RangeError when a size does not fit its place.
 */
export function encodeDg3With19794(prints: readonly FingerPrint[]): Uint8Array {
  return encodeBiometricGroup(TAG, {
    templates: prints.map((print) => ({
      header: headerOf(print, BIOMETRIC_FORMATS.fingerImage19794),
      encoding: 'plain',
      data: encodeFingerRecord19794({
        captureDevice: 0,
        acquisitionLevel: print.resolutionPpi > HIGH_RESOLUTION_PPI ? 41 : 31,
        scanResolutionPpi: print.resolutionPpi,
        imageResolutionPpi: print.resolutionPpi,
        pixelDepthBits: 8,
        compression: print.imageFormat === 'wsq' ? 'wsq' : 'jpeg2000',
        position: fingerCode(print.finger),
        quality: FINGER_QUALITY_UNDEFINED,
        impression: 0,
        widthPx: print.widthPx,
        heightPx: print.heightPx,
        image: print.image,
      }),
    })),
  });
}

/** EF.DG3 with one template a finger in the format of ISO/IEC 39794-4 [9303-10 §4.7.3]. */
export function encodeDg3With39794(prints: readonly FingerPrint[]): Uint8Array {
  return encodeBiometricGroup(TAG, {
    templates: prints.map((print) => ({
      header: headerOf(print, BIOMETRIC_FORMATS.fingerImage39794),
      encoding: 'constructed',
      data: encodeFingerRecord39794({
        position: fingerCode(print.finger),
        impression: FINGER_IMPRESSIONS_39794['plain-contact'],
        imageDataFormat: FINGER_IMAGE_FORMATS_39794[print.imageFormat],
        image: print.image,
        samplingRate: { samplesPerUnit: print.resolutionPpi, unit: 0 },
      }),
    })),
  });
}

/**
 * EF.DG3 of a document without fingerprints: no sample, and content of the issuer in tag 53 so
 * that no two such groups have the same hash [9303-10 §4.7.3.2.2, table 50].
 *
 * @param issuerContent random bytes, other ones for every document
 */
export function encodeEmptyDg3(issuerContent: Uint8Array): Uint8Array {
  return encodeBiometricGroup(TAG, { templates: [], discretionary: issuerContent });
}

/** Reads the samples of EF.DG3 without looking into them [9303-10 §4.7.3]. @throws MalformedError */
export function parseDg3(bytes: Uint8Array): BiometricGroup {
  return parseBiometricGroup(bytes, TAG, PLACE);
}

/**
 * The prints in EF.DG3, in either format; none where the holder gave none [9303-10 §4.7.3].
 *
 * @throws MalformedError
 */
export function parseDg3Fingers(bytes: Uint8Array): readonly ParsedFinger[] {
  return parseDg3(bytes).templates.flatMap((template, index) => {
    const place = `${PLACE}, sample ${index + 1}`;
    const [subtype] = template.header.biometricSubtype ?? [];
    if (subtype === undefined) throw new MalformedError(place, 'has no biometric subtype');
    const common = { template, finger: fingerOfSubtype(subtype, place) };
    return template.encoding === 'constructed'
      ? parseFingerRecord39794(template.data, place).map(
          ({ position, image, samplingRate: rate }): ParsedFinger => ({
            ...common,
            format: 'ISO/IEC 39794-4',
            position,
            image,
            ...(rate !== undefined && {
              resolutionPpi: Math.round(rate.samplesPerUnit * (rate.unit === 1 ? 2.54 : 1)),
            }),
          }),
        )
      : parseFingerRecord19794(template.data, place).map(
          ({ position, image, widthPx, heightPx, imageResolutionPpi }): ParsedFinger => ({
            ...common,
            format: 'ISO/IEC 19794-4',
            ...{ position, image, widthPx, heightPx, resolutionPpi: imageResolutionPpi },
          }),
        );
  });
}

function headerOf({ finger }: FingerPrint, formatType: number): BiometricTemplate['header'] {
  return {
    version: HEADER_VERSION,
    biometricType: FINGER_TYPE,
    biometricSubtype: Uint8Array.of(fingerSubtype(finger)),
    formatOwner: BIOMETRIC_FORMATS.owner,
    formatType,
  };
}
