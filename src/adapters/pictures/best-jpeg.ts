import sharp from 'sharp';
import type { Pixels } from './pixels';

const LOWEST_QUALITY = 20;
const HIGHEST_QUALITY = 95;

/**
 * The baseline JPEG of the highest quality that has at most `maxBytes`, or undefined when none
 * has. Found by halving, because size rises with quality.
 */
export async function findBestJpeg(
  pixels: Pixels,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  let best: Uint8Array | undefined;
  let low = LOWEST_QUALITY;
  let high = HIGHEST_QUALITY;
  while (low <= high) {
    const quality = Math.floor((low + high) / 2);
    const jpeg = await encodeJpeg(pixels, quality);
    if (jpeg.length <= maxBytes) {
      best = jpeg;
      low = quality + 1;
    } else {
      high = quality - 1;
    }
  }
  return best;
}

async function encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array> {
  const { rgb, widthPx: width, heightPx: height } = pixels;
  const encoded = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer();
  return new Uint8Array(encoded);
}
