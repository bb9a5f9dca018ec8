import { equalBytes } from '../../standards/bytes/compare';
import { MalformedError } from '../../standards/bytes/malformed';

/** What a picture says of itself, without its pixels being decoded. */
export interface PictureHeader {
  readonly format: 'jpeg' | 'jpeg2000';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly components: number;
}

const JP2_SIGNATURE = Uint8Array.of(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a);
const MAX_SEGMENTS = 1000;
const MAX_BOXES = 100;
const BOX = { jp2h: 0x6a703268, ihdr: 0x69686472, jp2c: 0x6a703263 } as const;

/**
 * Walks a JPEG from its start to its picture data and looks for its end mark, or reads the size
 * of a JPEG 2000 file or code stream [ISO 10918-1 §B.2, ISO 15444-1 §A.5, §I.5].
 *
 * @throws MalformedError when it is neither, or breaks off before the picture data.
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes);
  if (equalBytes(bytes.subarray(0, 12), JP2_SIGNATURE)) return readJp2(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0x4f) return readCodeStream(bytes, 0);
  throw new MalformedError('picture', 'is neither JPEG nor JPEG 2000');
}

function readJpeg(bytes: Uint8Array): PictureHeader {
  let size: Omit<PictureHeader, 'format'> | undefined;
  let offset = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    if (bytes[offset] !== 0xff) throw new MalformedError('JPEG', 'a marker is missing', offset);
    const marker = bytes[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset++;
      continue;
    }
    const length = uint(bytes, offset + 2, 2, 'JPEG');
    if (marker === 0xda) return closeJpeg(bytes, size);
    if (isStartOfFrame(marker)) {
      size = {
        heightPx: uint(bytes, offset + 5, 2, 'JPEG'),
        widthPx: uint(bytes, offset + 7, 2, 'JPEG'),
        components: uint(bytes, offset + 9, 1, 'JPEG'),
      };
    }
    if (length < 2) throw new MalformedError('JPEG', 'a segment has no length', offset);
    offset += 2 + length;
  }
  throw new MalformedError('JPEG', `has more than ${MAX_SEGMENTS} segments`);
}

/** C4, C8 and CC stand among the frame markers and are tables. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function closeJpeg(
  bytes: Uint8Array,
  size: Omit<PictureHeader, 'format'> | undefined,
): PictureHeader {
  if (size === undefined) throw new MalformedError('JPEG', 'has picture data but no frame');
  const end = bytes.lastIndexOf(0xd9);
  if (end < 1 || bytes[end - 1] !== 0xff) throw new MalformedError('JPEG', 'has no end mark');
  return checkSize({ format: 'jpeg', ...size }, 'JPEG');
}

function readJp2(bytes: Uint8Array): PictureHeader {
  const place = 'JPEG 2000';
  let offset = JP2_SIGNATURE.length;
  for (let count = 0; count < MAX_BOXES && offset < bytes.length; count++) {
    const length = uint(bytes, offset, 4, place);
    const type = uint(bytes, offset + 4, 4, place);
    if (type === BOX.jp2c) return readCodeStream(bytes, offset + (length === 1 ? 16 : 8));
    // The header box holds the picture header first; both are walked through as one list.
    offset += type === BOX.jp2h ? 8 : Math.max(length, 8);
  }
  throw new MalformedError(place, 'has no code stream');
}

function readCodeStream(bytes: Uint8Array, offset: number): PictureHeader {
  const place = 'JPEG 2000 code stream';
  if (uint(bytes, offset, 2, place) !== 0xff4f || uint(bytes, offset + 2, 2, place) !== 0xff51) {
    throw new MalformedError(place, 'does not begin with SOC and SIZ', offset);
  }
  const at = (position: number): number => uint(bytes, offset + position, 4, place);
  return checkSize(
    {
      format: 'jpeg2000',
      widthPx: at(8) - at(16),
      heightPx: at(12) - at(20),
      components: uint(bytes, offset + 40, 2, place),
    },
    place,
  );
}

function checkSize(header: PictureHeader, place: string): PictureHeader {
  if (header.widthPx < 1 || header.heightPx < 1) {
    throw new MalformedError(place, 'has no width or no height');
  }
  return header;
}

function uint(bytes: Uint8Array, offset: number, length: number, place: string): number {
  const part = bytes.subarray(offset, offset + length);
  if (part.length !== length) throw new MalformedError(place, 'ends too early', offset);
  return part.reduce((sum, byte) => sum * 0x100 + byte, 0);
}
