import { equalBytes } from '../bytes/compare';
import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';

/** What a JPEG 2000 picture says of itself, before anything of it is unpacked. */
export interface Jpeg2000Header {
  /** JP2 is the file format with boxes, the code stream is what stands in one of them. */
  readonly container: 'jp2' | 'codestream';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly components: number;
  readonly bitsPerComponent: number;
  readonly tiles: number;
  readonly layers: number;
  readonly resolutionLevels: number;
  /** Side of the smallest precinct; 32768 where none is said. */
  readonly smallestPrecinctPx: number;
  /** By the reversible filter, so that nothing need be lost. */
  readonly reversible: boolean;
  /** From the resolution box; absent where there is none. */
  readonly resolutionPpi?: number;
}

const PLACE = 'JPEG 2000';
const JP2_SIGNATURE = Uint8Array.of(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a);
const BOX = { header: 0x6a703268, codestream: 0x6a703263, resolution: 0x72657320 } as const;
const CAPTURE = 0x72657363;
const DISPLAY = 0x72657364;
const MARKER = { soc: 0xff4f, siz: 0xff51, cod: 0xff52, sot: 0xff90, eoc: 0xffd9 } as const;
const MAX_BOXES = 100;
const MAX_SEGMENTS = 100;
const METRES_PER_INCH = 0.0254;
const MAX_COMPONENTS = 4;
const LARGEST_PRECINCT_EXPONENT = 15;

/**
 * Reads the boxes and the main header of a JPEG 2000 picture and proves that its end is there; no
 * pixel is decoded [ISO 15444-1 §A.4, §A.5, §A.6, §I.5].
 *
 * @throws MalformedError when it is none, breaks off, or has no size.
 */
export function readJpeg2000Header(bytes: Uint8Array): Jpeg2000Header {
  if (equalBytes(bytes.subarray(0, JP2_SIGNATURE.length), JP2_SIGNATURE)) return readJp2(bytes);
  return { container: 'codestream', ...readCodestream(bytes) };
}

/**
 * The code stream of a JPEG 2000 picture, without the boxes of a file around it
 * [ISO 15444-1 §I.5.4].
 *
 * @throws MalformedError when there is none.
 */
export function readJpeg2000Codestream(bytes: Uint8Array): Uint8Array {
  if (!equalBytes(bytes.subarray(0, JP2_SIGNATURE.length), JP2_SIGNATURE)) return bytes;
  const codestream = readBoxes(bytes).find(({ type }) => type === BOX.codestream);
  if (codestream === undefined) throw new MalformedError(PLACE, 'has no code stream');
  return codestream.content;
}

/** True when the bytes begin as a JP2 file or a code stream does [ISO 15444-1 §A.4.1, §I.5.1]. */
export function beginsLikeJpeg2000(bytes: Uint8Array): boolean {
  const isFile = equalBytes(bytes.subarray(0, JP2_SIGNATURE.length), JP2_SIGNATURE);
  return isFile || (bytes[0] === 0xff && bytes[1] === 0x4f && bytes[2] === 0xff);
}

interface Box {
  readonly type: number;
  readonly content: Uint8Array;
}

function readJp2(bytes: Uint8Array): Jpeg2000Header {
  const boxes = readBoxes(bytes);
  const codestream = boxes.find(({ type }) => type === BOX.codestream);
  if (codestream === undefined) throw new MalformedError(PLACE, 'has no code stream');
  const header = boxes.find(({ type }) => type === BOX.header);
  if (header === undefined) throw new MalformedError(PLACE, 'has no header box');
  const resolutionPpi = readResolution(readBoxes(header.content));
  return {
    container: 'jp2',
    ...readCodestream(codestream.content),
    ...(resolutionPpi !== undefined && { resolutionPpi }),
  };
}

function readBoxes(bytes: Uint8Array): readonly Box[] {
  const boxes: Box[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (boxes.length >= MAX_BOXES) {
      throw new MalformedError(PLACE, `has more than ${MAX_BOXES} boxes`);
    }
    const short = uint(bytes, offset, 4);
    const type = uint(bytes, offset + 4, 4);
    const headerBytes = short === 1 ? 16 : 8;
    // 0 is "to the end", 1 says that the length follows in eight bytes.
    const long = short === 1 ? uint(bytes, offset + 8, 8) : short;
    const length = short === 0 ? bytes.length - offset : long;
    if (length < headerBytes || offset + length > bytes.length) {
      throw new MalformedError(PLACE, 'a box is longer or shorter than what is there', offset);
    }
    boxes.push({ type, content: bytes.subarray(offset + headerBytes, offset + length) });
    offset += length;
  }
  return boxes;
}

/** Vertical resolution of capture, or else of display, in points a metre [ISO 15444-1 §I.5.3.7]. */
function readResolution(boxes: readonly Box[]): number | undefined {
  const outer = boxes.find(({ type }) => type === BOX.resolution);
  if (outer === undefined) return undefined;
  const inner = readBoxes(outer.content);
  const box = [CAPTURE, DISPLAY].map((wanted) => inner.find(({ type }) => type === wanted));
  const content = (box[0] ?? box[1])?.content;
  if (content === undefined) return undefined;
  const numerator = uint(content, 0, 2);
  const denominator = uint(content, 2, 2);
  const exponent = (uint(content, 8, 1) << 24) >> 24;
  if (denominator === 0) throw new MalformedError(PLACE, 'has a resolution without denominator');
  const ppi = Math.round((numerator / denominator) * 10 ** exponent * METRES_PER_INCH);
  return Number.isSafeInteger(ppi) ? ppi : undefined;
}

function readCodestream(bytes: Uint8Array): Omit<Jpeg2000Header, 'container' | 'resolutionPpi'> {
  if (uint(bytes, 0, 2) !== MARKER.soc || uint(bytes, 2, 2) !== MARKER.siz) {
    throw new MalformedError(PLACE, 'does not begin with SOC and SIZ', 0);
  }
  const size = readSize(bytes);
  let offset = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const marker = uint(bytes, offset, 2);
    if (marker === MARKER.sot) throw new MalformedError(PLACE, 'has no coding style', offset);
    const length = uint(bytes, offset + 2, 2);
    if (length < 2) throw new MalformedError(PLACE, 'a segment has no length', offset);
    if (marker === MARKER.cod) {
      requireEnd(bytes);
      return {
        ...size,
        layers: uint(bytes, offset + 6, 2),
        resolutionLevels: uint(bytes, offset + 9, 1),
        smallestPrecinctPx: readSmallestPrecinct(bytes.subarray(offset, offset + 2 + length)),
        reversible: uint(bytes, offset + 13, 1) === 1,
      };
    }
    offset += 2 + length;
  }
  throw new MalformedError(PLACE, `has more than ${MAX_SEGMENTS} segments`);
}

/** SIZ: the reference grid, what of it is picture, and how it is tiled [ISO 15444-1 §A.5.1]. */
function readSize(
  bytes: Uint8Array,
): Pick<Jpeg2000Header, 'widthPx' | 'heightPx' | 'components' | 'bitsPerComponent' | 'tiles'> {
  const at = (offset: number): number => uint(bytes, offset, 4);
  const across = { size: at(8), from: at(16), tile: at(24), tileFrom: at(32) };
  const down = { size: at(12), from: at(20), tile: at(28), tileFrom: at(36) };
  const components = uint(bytes, 40, 2);
  for (const { size, from, tile, tileFrom } of [across, down]) {
    if (size <= from || tile < 1 || tileFrom > from || tileFrom + tile <= from) {
      throw new MalformedError(PLACE, 'has no width, no height or tiles beside the picture', 8);
    }
  }
  if (components < 1 || components > MAX_COMPONENTS) {
    throw new MalformedError(
      PLACE,
      `has ${components} components, 1 to ${MAX_COMPONENTS} are read`,
    );
  }
  const count = ({ size, tile, tileFrom }: typeof across): number =>
    Math.ceil((size - tileFrom) / tile);
  return {
    widthPx: across.size - across.from,
    heightPx: down.size - down.from,
    components,
    bitsPerComponent: (uint(bytes, 42, 1) & 0x7f) + 1,
    tiles: count(across) * count(down),
  };
}

/**
 * COD ends with the sizes of precincts, two powers of two a byte, where its first bit says so
 * [ISO 15444-1 §A.6.1].
 */
function readSmallestPrecinct(segment: Uint8Array): number {
  const hasSizes = (uint(segment, 4, 1) & 1) !== 0;
  const sizes = hasSizes ? segment.subarray(14) : new Uint8Array();
  const exponents = Array.from(sizes, (size) => Math.min(size & 0x0f, size >> 4));
  return 2 ** Math.min(LARGEST_PRECINCT_EXPONENT, ...exponents);
}

/** The last two bytes are the end mark; some writers fill up behind it. */
function requireEnd(bytes: Uint8Array): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.lastIndexOf(Buffer.of(MARKER.eoc >> 8, MARKER.eoc & 0xff)) < 0) {
    throw new MalformedError(PLACE, 'breaks off before its end');
  }
}

function uint(bytes: Uint8Array, offset: number, length: number): number {
  const part = bytes.subarray(offset, offset + length);
  if (part.length !== length) throw new MalformedError(PLACE, 'ends too early', offset);
  return decodeUint(part, PLACE);
}
