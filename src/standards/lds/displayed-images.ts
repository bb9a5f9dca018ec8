import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseOnlyTlv, parseTlvs, requireTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';

/** Displayed images: the portrait in DG5, signature or usual mark in DG7 [9303-10 §4.7.5, §4.7.7]. */
const GROUPS = {
  5: { tag: LDS_FILE_TABLE['EF.DG5'].tag, imageTag: 0x5f40 },
  7: { tag: LDS_FILE_TABLE['EF.DG7'].tag, imageTag: 0x5f43 },
} as const;

const COUNT_TAG = 0x02;
const MAX_IMAGES = 9;

/**
 * EF.DG5 or EF.DG7 [9303-10 tables 61, 62].
 *
 * @param images JPEG (JFIF) or JPEG 2000, 1 to 9
 * @throws RangeError when there are fewer or more.
 */
export function encodeDisplayedImages(group: 5 | 7, images: readonly Uint8Array[]): Uint8Array {
  if (images.length < 1 || images.length > MAX_IMAGES) {
    throw new RangeError(`1 to ${MAX_IMAGES} images belong into DG${group}`);
  }
  const { tag, imageTag } = GROUPS[group];
  return encodeTlv(
    tag,
    encodeTlv(COUNT_TAG, Uint8Array.of(images.length)),
    ...images.map((image) => encodeTlv(imageTag, image)),
  );
}

/** The images of EF.DG5 or EF.DG7 [9303-10 tables 61, 62]. @throws MalformedError */
export function parseDisplayedImages(group: 5 | 7, bytes: Uint8Array): readonly Uint8Array[] {
  const place = `EF.DG${group}`;
  const { tag, imageTag } = GROUPS[group];
  const tlvs = parseTlvs(parseOnlyTlv(bytes, tag, place), place);
  const declared = decodeUint(requireTlv(tlvs, COUNT_TAG, place), place);
  const images = tlvs.filter((tlv) => tlv.tag === imageTag).map(({ value }) => value);
  if (declared !== images.length) {
    throw new MalformedError(place, `says ${declared} images, ${images.length} are there`);
  }
  return images;
}
