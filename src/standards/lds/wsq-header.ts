import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { decodeAscii } from '../bytes/text';

/** What a WSQ fingerprint says of itself before its pixels. */
export interface WsqHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the comment of NIST; absent where there is none or it does not know. */
  readonly resolutionPpi?: number;
}

const PLACE = 'WSQ';
const MARKERS = { start: 0xffa0, end: 0xffa1, frame: 0xffa2, block: 0xffa3, comment: 0xffa8 };
/** Transform, quantization and Huffman tables, restarts. */
const TABLES = [0xffa4, 0xffa5, 0xffa6, 0xffa7];
const MAX_SEGMENTS = 100;

/**
 * Walks a WSQ picture from its start to its first block of data and proves that its end is there;
 * no pixel is decoded [WSQ §3.2].
 *
 * @throws MalformedError when a marker is missing or the picture breaks off.
 */
export function readWsqHeader(bytes: Uint8Array): WsqHeader {
  const at = (offset: number, length: number): number => {
    const part = bytes.subarray(offset, offset + length);
    if (part.length < length) throw new MalformedError(PLACE, 'ends inside a field', offset);
    return decodeUint(part, PLACE);
  };
  if (bytes.length < 2 || at(0, 2) !== MARKERS.start) {
    throw new MalformedError(PLACE, 'does not begin with the start of an image', 0);
  }
  let header: WsqHeader | undefined;
  let resolutionPpi: number | undefined;
  let offset = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const marker = at(offset, 2);
    const length = at(offset + 2, 2);
    if (length < 2) throw new MalformedError(PLACE, 'a segment has no length', offset);
    if (marker === MARKERS.block) return finish(bytes, header, resolutionPpi);
    if (marker === MARKERS.frame) {
      header = { heightPx: at(offset + 6, 2), widthPx: at(offset + 8, 2) };
    } else if (marker === MARKERS.comment) {
      resolutionPpi ??= readPpi(bytes.subarray(offset + 4, offset + 2 + length));
    } else if (!TABLES.includes(marker)) {
      throw new MalformedError(PLACE, 'has an unknown marker', offset);
    }
    offset += 2 + length;
  }
  throw new MalformedError(PLACE, `has more than ${MAX_SEGMENTS} segments`);
}

function finish(
  bytes: Uint8Array,
  header: WsqHeader | undefined,
  resolutionPpi: number | undefined,
): WsqHeader {
  if (header === undefined) throw new MalformedError(PLACE, 'has picture data but no frame');
  if (header.widthPx < 1 || header.heightPx < 1) {
    throw new MalformedError(PLACE, 'has no width or no height');
  }
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(
    Buffer.of(MARKERS.end >> 8, MARKERS.end & 0xff),
  );
  if (end < 0) throw new MalformedError(PLACE, 'breaks off before its end');
  return { ...header, ...(resolutionPpi !== undefined && { resolutionPpi }) };
}

/** `NIST_COM 9`, `PPI 500` and so on, one a line; -1 means that nobody knows. */
function readPpi(comment: Uint8Array): number | undefined {
  if (comment.some((byte) => byte > 0x7f)) return undefined;
  const digits = /^PPI +(\d{1,5})\s*$/m.exec(decodeAscii(comment, PLACE))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
