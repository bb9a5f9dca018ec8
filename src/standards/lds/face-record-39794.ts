import { decodeUint, encodeMinimalUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, findTlv, parseOnlyTlv, parseTlvs, requireTlv, type Tlv } from '../tlv/tlv';

/**
 * The required fields of a face image data block, after the ASN.1 of ISO/IEC 39794-5; what else a
 * block holds is passed over when it is read [ISO 39794-5; 9303-10 §4.7.2].
 */
export interface FaceImage39794 {
  /** 3 in the first edition, of the year 2019. */
  readonly generation: number;
  readonly year: number;
  readonly representationId: number;
  readonly imageFormat: keyof typeof FACE_IMAGE_FORMATS_39794;
  readonly image: Uint8Array;
}

/** Codes of the image data format [ISO 39794-5]. */
export const FACE_IMAGE_FORMATS_39794 = {
  jpeg: 2,
  'jpeg2000-lossy': 3,
  'jpeg2000-lossless': 4,
} as const;

const CONTAINER = 0xa1;
const FACE_BLOCK = 0x65;
const SEQUENCE = 0x30;
const primitive = (number: number): number => 0x80 | number;
const constructed = (number: number): number => 0xa0 | number;

/**
 * The content of 7F2E for one face image [ISO 39794-5; 9303-10 §4.7.2]. A CHOICE is tagged
 * explicitly although the module has implicit tags, hence three wrappers around the image.
 */
export function encodeFaceRecord39794(face: FaceImage39794): Uint8Array {
  const format = encodeTlv(
    primitive(0),
    encodeMinimalUint(FACE_IMAGE_FORMATS_39794[face.imageFormat]),
  );
  const information = encodeTlv(constructed(1), encodeTlv(constructed(0), format));
  const image2d = encodeTlv(constructed(0), encodeTlv(primitive(0), face.image), information);
  const imageRepresentation = encodeTlv(constructed(1), encodeTlv(constructed(0), image2d));
  const representation = encodeTlv(
    SEQUENCE,
    encodeTlv(primitive(0), encodeMinimalUint(face.representationId)),
    imageRepresentation,
  );
  const version = encodeTlv(
    constructed(0),
    encodeTlv(primitive(0), encodeMinimalUint(face.generation)),
    encodeTlv(primitive(1), encodeMinimalUint(face.year)),
  );
  const block = encodeTlv(FACE_BLOCK, version, encodeTlv(constructed(1), representation));
  return encodeTlv(CONTAINER, block);
}

/** Reads the face images of a data block [ISO 39794-5; 9303-10 §4.7.2]. @throws MalformedError */
export function parseFaceRecord39794(bytes: Uint8Array, place: string): readonly FaceImage39794[] {
  const block = parseOnlyTlv(parseOnlyTlv(bytes, CONTAINER, place), FACE_BLOCK, place);
  const members = parseTlvs(block, place);
  const version = parseTlvs(requireTlv(members, constructed(0), place), `${place}, version`);
  const uint = (tlvs: readonly Tlv[], tag: number): number =>
    decodeUint(requireTlv(tlvs, tag, place), place);
  const generation = uint(version, primitive(0));
  const year = uint(version, primitive(1));
  const representations = parseTlvs(requireTlv(members, constructed(1), place), place);
  return representations.map((tlv) => {
    if (tlv.tag !== SEQUENCE) throw new MalformedError(place, 'a representation is no SEQUENCE');
    return { generation, year, ...parseRepresentation(tlv.value, place) };
  });
}

function parseRepresentation(
  bytes: Uint8Array,
  place: string,
): Pick<FaceImage39794, 'representationId' | 'imageFormat' | 'image'> {
  const members = parseTlvs(bytes, place);
  const image2d = descend(members, [constructed(1), constructed(0), constructed(0)], place);
  const formatBlock = descend(image2d, [constructed(1), constructed(0)], place);
  const code = decodeUint(requireTlv(formatBlock, primitive(0), place), place);
  const formats = Object.keys(FACE_IMAGE_FORMATS_39794) as FaceImage39794['imageFormat'][];
  const imageFormat = formats.find((name) => FACE_IMAGE_FORMATS_39794[name] === code);
  if (imageFormat === undefined) {
    throw new MalformedError(place, `image data format ${code} is unknown`);
  }
  return {
    representationId: decodeUint(findTlv(members, primitive(0)) ?? new Uint8Array(), place),
    imageFormat,
    image: requireTlv(image2d, primitive(0), place),
  };
}

function descend(from: readonly Tlv[], path: readonly number[], place: string): readonly Tlv[] {
  return path.reduce((tlvs, tag) => parseTlvs(requireTlv(tlvs, tag, place), place), from);
}
