import { encodeDg2With19794, encodeDg2With39794 } from '../../standards/lds/dg2';
import { encodeDg3With19794, encodeDg3With39794, encodeEmptyDg3 } from '../../standards/lds/dg3';
import { encodeDg4With19794, encodeDg4With39794, encodeEmptyDg4 } from '../../standards/lds/dg4';
import type { FaceDetails39794 } from '../../standards/lds/face-record-39794';
import { FACE_COLOUR_SPACES, UNSPECIFIED_FACE } from '../../standards/lds/face-record-19794';
import { FIRST_EDITION } from '../../standards/lds/iso39794/common-blocks';
import { FACE_CODES_39794 } from '../../standards/lds/iso39794/face-block';
import type { ApprovedRecord, EyeColour, HairColour, Sex } from '../document/approved-record';
import type { Holder } from '../document/holder';
import type { Picture } from '../document/picture';
import type { BiometricFormat, ProductProfile } from '../profile/product';

/** From that day documents carry biometrics of ISO/IEC 39794 alone [9303-10 §4.5.6]. */
export const ONLY_39794_SINCE = '2030-01-01';

/** The format of a product's biometrics for a document issued on this day. */
export function biometricFormatOf(
  { lds: { biometricFormat = 19794 } }: ProductProfile,
  dateOfIssue: string,
): BiometricFormat {
  if (typeof biometricFormat === 'number') return biometricFormat;
  return dateOfIssue <= biometricFormat.until ? 19794 : biometricFormat.then;
}

/** EF.DG2 in the product's format, with what the record says of the face [9303-10 §4.7.2]. */
export function buildFaceGroup(holder: Holder, product: ProductProfile): Uint8Array {
  const { portrait, record } = holder;
  const { bytes: image, format, widthPx, heightPx } = portrait;
  if (format === 'png') throw new RangeError('a portrait on a chip is JPEG or JPEG 2000');
  if (biometricFormatOf(product, record.dateOfIssue) === 39794) {
    const { colourSpace, imageKind } = FACE_CODES_39794;
    return encodeDg2With39794({
      ...FIRST_EDITION,
      representationId: 0,
      imageFormat: format === 'jpeg' ? 'jpeg' : 'jpeg2000-lossy',
      ...{ image, widthPx, heightPx },
      information: {
        faceImageKind: imageKind.mrtd,
        colourSpace: portrait.colour === 'rgb' ? colourSpace.rgb24 : colourSpace.grey8,
      },
      details: faceDetails39794(record),
    });
  }
  return encodeDg2With19794({
    ...UNSPECIFIED_FACE,
    ...faceDetails19794(record),
    imageFormat: format,
    ...{ widthPx, heightPx, image },
    colourSpace: colourSpace19794(portrait),
  });
}

/**
 * EF.DG3, where the record speaks of fingerprints: one template a print, or none and random content
 * where none could be taken [9303-10 §4.7.3].
 *
 * @param issuerContent random bytes, other ones for every document
 */
export function buildFingerGroup(
  { fingerprints, record }: Holder,
  product: ProductProfile,
  issuerContent: Uint8Array,
): Uint8Array | undefined {
  if (fingerprints === undefined) return undefined;
  if (fingerprints.length === 0) return encodeEmptyDg3(issuerContent);
  return biometricFormatOf(product, record.dateOfIssue) === 39794
    ? encodeDg3With39794(fingerprints)
    : encodeDg3With19794(fingerprints);
}

/** EF.DG4, as EF.DG3 for irises [9303-10 §4.7.4]. */
export function buildIrisGroup(
  { irises, record }: Holder,
  product: ProductProfile,
  issuerContent: Uint8Array,
): Uint8Array | undefined {
  if (irises === undefined) return undefined;
  if (irises.length === 0) return encodeEmptyDg4(issuerContent);
  return biometricFormatOf(product, record.dateOfIssue) === 39794
    ? encodeDg4With39794(irises)
    : encodeDg4With19794(irises);
}

function colourSpace19794({ colour }: Picture): number {
  return colour === 'rgb' ? FACE_COLOUR_SPACES.rgb24 : FACE_COLOUR_SPACES.grey8;
}

function faceDetails39794(record: ApprovedRecord): FaceDetails39794 {
  const { eyeColour, hairColour, heightCm, portraitTakenOn } = record;
  const codes = FACE_CODES_39794;
  const genders = { M: codes.gender.male, F: codes.gender.female, X: codes.gender.other };
  const [year = 0, month = 1, day = 1] = (portraitTakenOn ?? '').split('-').map(Number);
  return {
    ...(portraitTakenOn !== undefined && { captureDateTime: { year, month, day } }),
    identity: {
      gender: genders[record.sex],
      ...(eyeColour && { eyeColour: codes.eyeColour[eyeColour] }),
      ...(hairColour && { hairColour: codes.hairColour[hairColour] }),
      ...(heightCm !== undefined && { subjectHeight: heightCm }),
    },
  };
}

const GENDERS_19794 = { M: 1, F: 2, X: 0 } as const satisfies Record<Sex, number>;

/** Codes of the face's colours; from general knowledge [ISO 19794-5 §5.5.3, §5.5.4]. */
const EYES_19794 = {
  ...{ black: 1, blue: 2, brown: 3, grey: 4, green: 5, 'multi-coloured': 6, pink: 7 },
  ...{ hazel: 0xff, other: 0xff },
} as const satisfies Record<EyeColour, number>;

const HAIR_19794 = {
  ...{ bald: 1, black: 2, blonde: 3, brown: 4, grey: 5, white: 6, red: 7, other: 0xff },
} as const satisfies Record<HairColour, number>;

function faceDetails19794({ sex, eyeColour, hairColour }: ApprovedRecord): {
  readonly gender: number;
  readonly eyeColour: number;
  readonly hairColour: number;
} {
  return {
    gender: GENDERS_19794[sex],
    eyeColour: eyeColour === undefined ? 0 : EYES_19794[eyeColour],
    hairColour: hairColour === undefined ? 0 : HAIR_19794[hairColour],
  };
}
