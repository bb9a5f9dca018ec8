import sharp from 'sharp';
import { concatBytes } from '../../standards/bytes/concat';
import { MalformedError } from '../../standards/bytes/malformed';
import { encodeAscii } from '../../standards/bytes/text';
import type { Pixels } from './pixels';

const START_OF_IMAGE = Uint8Array.of(0xff, 0xd8);
const JFIF_MARKER = 0xe0;
/** Version 1.01, square pixels of no stated size, no thumbnail. */
const JFIF_SEGMENT = concatBytes(
  Uint8Array.of(0xff, JFIF_MARKER, 0, 16),
  encodeAscii('JFIF\0'),
  Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0),
);

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

/** One baseline JPEG of this quality, as a JFIF file. */
export async function encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array> {
  const { rgb, widthPx: width, heightPx: height } = pixels;
  const encoded = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer();
  return asJfif(new Uint8Array(encoded));
}

/**
 * The encoder leaves the JFIF segment away with the metadata, and face images and displayed ones are
 * JFIF files [ISO 19794-5 §5.8, 9303-10 §4.7.5].
 */
function asJfif(jpeg: Uint8Array): Uint8Array {
  if (jpeg[0] !== START_OF_IMAGE[0] || jpeg[1] !== START_OF_IMAGE[1]) {
    throw new MalformedError('JPEG', 'does not begin with the start of an image', 0);
  }
  if (jpeg[3] === JFIF_MARKER) return jpeg;
  return concatBytes(START_OF_IMAGE, JFIF_SEGMENT, jpeg.subarray(START_OF_IMAGE.length));
}
