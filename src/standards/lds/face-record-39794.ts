import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { encodeBlock, parseBlock, type Block } from './iso39794/block-codec';
import {
  FACE_DATA_BLOCK,
  FACE_IMAGE_FORMATS_39794,
  type FACE_REPRESENTATION,
} from './iso39794/face-block';

type Representation = Block<typeof FACE_REPRESENTATION>;
type Image2d = Representation['imageRepresentation']['base']['image2d'];

/** What a face image data block may say beside the image; absent where it says nothing. */
export type FaceDetails39794 = Omit<Representation, 'representationId' | 'imageRepresentation'>;

/** What it may say of the image itself, its size apart. */
export type FaceImageInformation39794 = Omit<
  Image2d['information'],
  'imageDataFormat' | 'imageSize'
>;

/** A face image data block of one picture, after the ASN.1 of ISO/IEC 39794-5 [9303-10 §4.7.2]. */
export interface FaceImage39794 {
  /** 3 in the first edition, of the year 2019. */
  readonly generation: number;
  readonly year: number;
  readonly representationId: number;
  readonly imageFormat: keyof typeof FACE_IMAGE_FORMATS_39794;
  readonly image: Uint8Array;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly information?: FaceImageInformation39794;
  /** Light and kind of the camera. */
  readonly camera?: NonNullable<Image2d['captureDevice']>;
  readonly details?: FaceDetails39794;
}

const CONTAINER = 0xa1;
const FACE_BLOCK = 0x65;

/** The content of 7F2E for one face image [ISO 39794-5; 9303-10 §4.7.2]. */
export function encodeFaceRecord39794(face: FaceImage39794): Uint8Array {
  const { generation, year, widthPx: width, heightPx: height } = face;
  const image2d: Image2d = {
    image: face.image,
    information: {
      ...face.information,
      imageDataFormat: FACE_IMAGE_FORMATS_39794[face.imageFormat],
      ...(width !== undefined && height !== undefined && { imageSize: { width, height } }),
    },
    ...(face.camera !== undefined && { captureDevice: face.camera }),
  };
  const representation: Representation = {
    ...face.details,
    representationId: face.representationId,
    imageRepresentation: { base: { image2d } },
  };
  const block = { version: { generation, year }, representations: [representation] };
  return encodeTlv(CONTAINER, encodeTlv(FACE_BLOCK, ...encodeBlock(FACE_DATA_BLOCK, block)));
}

/**
 * Reads the face images of a data block with all their optional members; members of later editions
 * are passed over [ISO 39794-5; 9303-10 §4.7.2].
 *
 * @throws MalformedError
 */
export function parseFaceRecord39794(bytes: Uint8Array, place: string): readonly FaceImage39794[] {
  const contents = parseOnlyTlv(parseOnlyTlv(bytes, CONTAINER, place), FACE_BLOCK, place);
  const { version, representations } = parseBlock(FACE_DATA_BLOCK, contents, place);
  return representations.map((representation) => ({
    generation: version.generation,
    year: version.year,
    ...readRepresentation(representation, place),
  }));
}

function readRepresentation(
  { representationId, imageRepresentation, ...details }: Representation,
  place: string,
): Omit<FaceImage39794, 'generation' | 'year'> {
  const { image, information, captureDevice: camera } = imageRepresentation.base.image2d;
  const { imageDataFormat, imageSize, ...more } = information;
  const formats = Object.keys(FACE_IMAGE_FORMATS_39794) as FaceImage39794['imageFormat'][];
  const imageFormat = formats.find((name) => FACE_IMAGE_FORMATS_39794[name] === imageDataFormat);
  if (imageFormat === undefined) {
    throw new MalformedError(place, `image data format ${imageDataFormat} is unknown`);
  }
  return {
    ...{ representationId, imageFormat, image },
    ...(imageSize !== undefined && { widthPx: imageSize.width, heightPx: imageSize.height }),
    ...(Object.keys(more).length > 0 && { information: more }),
    ...(camera !== undefined && { camera }),
    ...(Object.keys(details).length > 0 && { details }),
  };
}
