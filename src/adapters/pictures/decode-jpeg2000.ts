import {
  readJpeg2000Codestream,
  readJpeg2000Header,
  type Jpeg2000Header,
} from '../../standards/lds/jpeg2000-header';
import { withOpenJpeg } from './openjpeg';

/** Samples as they were decoded, eight bits each, components interleaved. */
export interface RawPicture {
  readonly samples: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** OpenJPEG unpacks in one piece of memory, into 32 bits a sample. */
const MAX_PIXELS = 16_000_000;
const MAX_TILES = 4096;
const MAX_LAYERS = 100;
const SMALLEST_PRECINCT_PX = 32;

/** Why a picture is not unpacked, in one clause; undefined when it may be. */
export function findJpeg2000Excess(header: Jpeg2000Header): string | undefined {
  const { widthPx, heightPx, tiles, layers, smallestPrecinctPx } = header;
  if (widthPx * heightPx > MAX_PIXELS) {
    return `it has ${widthPx} × ${heightPx} pixels, at most ${MAX_PIXELS} in all are unpacked`;
  }
  if (tiles > MAX_TILES) return `it has ${tiles} tiles, at most ${MAX_TILES} are unpacked`;
  if (layers > MAX_LAYERS) return `it has ${layers} layers, at most ${MAX_LAYERS} are unpacked`;
  return smallestPrecinctPx < SMALLEST_PRECINCT_PX
    ? `it is cut into precincts of ${smallestPrecinctPx} pixels`
    : undefined;
}

/**
 * The pixels of a JPEG 2000 picture that `findJpeg2000Excess` had nothing against; undefined when
 * it is damaged, or of a kind that no portrait has: other than eight bits, signed, subsampled.
 */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<RawPicture | undefined> {
  const { widthPx, heightPx, components } = readJpeg2000Header(bytes);
  const codestream = readJpeg2000Codestream(bytes);
  const decoded = await withOpenJpeg(({ J2KDecoder }) => {
    const decoder = new J2KDecoder();
    try {
      decoder.getEncodedBuffer(codestream.length).set(codestream);
      decoder.decode();
      return { info: decoder.getFrameInfo(), samples: Uint8Array.from(decoder.getDecodedBuffer()) };
    } finally {
      decoder.delete();
    }
  }).catch(() => undefined);
  if (decoded === undefined) return undefined;
  const { info, samples } = decoded;
  const whole =
    info.width === widthPx &&
    info.height === heightPx &&
    info.componentCount === components &&
    info.bitsPerSample === 8 &&
    !info.isSigned &&
    samples.length === widthPx * heightPx * components;
  return whole ? { samples, widthPx, heightPx, channels: components as 1 | 2 | 3 | 4 } : undefined;
}
