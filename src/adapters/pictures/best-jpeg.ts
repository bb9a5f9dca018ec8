import sharp from 'sharp';
import type { Pixels } from './pixels';

const LOWEST_QUALITY = 20;
const HIGHEST_QUALITY = 95;
/** Portraits of a product's size come out near this one. */
const FIRST_QUALITY = 70;
/** The logarithm of the size rises by about this much from one quality to the next. */
const FIRST_SLOPE = 0.022;

/** A picture whose sizes are on no such line is found by halving. */
const GUESSES = 4;

/** A JPEG and how it was found. */
export interface BestJpeg {
  readonly bytes: Uint8Array;
  readonly quality: number;
  /** How often the picture was encoded until then. */
  readonly encodings: number;
}

interface Tried {
  readonly quality: number;
  readonly logBytes: number;
}

/**
 * The baseline JPEG of the highest quality that has at most `maxBytes`, or undefined when none
 * has. The logarithm of the size is nearly a line over the quality, so that the next quality to try
 * is where the line through the last two meets the limit; between a quality that fits and the next
 * higher one that does not there is nothing left to try.
 */
export async function findBestJpeg(
  pixels: Pixels,
  maxBytes: number,
): Promise<BestJpeg | undefined> {
  const wanted = Math.log(maxBytes);
  let best: BestJpeg | undefined;
  let low = LOWEST_QUALITY;
  let high = HIGHEST_QUALITY;
  let quality = FIRST_QUALITY;
  let last: Tried | undefined;
  for (let encodings = 1; low <= high; encodings++) {
    const bytes = await encodeJpeg(pixels, quality);
    if (bytes.length <= maxBytes) {
      best = { bytes, quality, encodings };
      low = quality + 1;
    } else {
      high = quality - 1;
    }
    const tried = { quality, logBytes: Math.log(bytes.length) };
    const slope = slopeThrough(last, tried);
    const guess =
      encodings < GUESSES
        ? Math.floor(quality + (wanted - tried.logBytes) / slope)
        : Math.floor((low + high) / 2);
    // A guess at the quality just tried asks for its neighbour, which decides.
    quality = Math.min(high, Math.max(low, guess));
    last = tried;
    if (best !== undefined) best = { ...best, encodings };
  }
  return best;
}

function slopeThrough(last: Tried | undefined, now: Tried): number {
  if (last === undefined || last.quality === now.quality) return FIRST_SLOPE;
  const slope = (now.logBytes - last.logBytes) / (now.quality - last.quality);
  return slope > 0 ? slope : FIRST_SLOPE;
}

/** One baseline JPEG of this quality. */
export async function encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array> {
  const { rgb, widthPx: width, heightPx: height } = pixels;
  const encoded = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer();
  return new Uint8Array(encoded);
}
