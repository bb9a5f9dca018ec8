import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import type { PictureDecoder } from '../../production/ports';
import { MalformedError } from '../../standards/bytes/malformed';
import { readJpeg2000Header } from '../../standards/lds/jpeg2000-header';
import { decodeJpeg2000, findJpeg2000Excess } from './decode-jpeg2000';
import { createTurnstile } from './turnstile';

/** JPEG 2000 by OpenJPEG, written as PNG by libvips; at most as many at once as processors. */
export function createPictureDecoder(): PictureDecoder {
  sharp.cache(false);
  const pass = createTurnstile(availableParallelism());
  return { decodeJpeg2000: (bytes) => pass(() => toPng(bytes)) };
}

async function toPng(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (!isDecodable(bytes)) return undefined;
  const raw = await decodeJpeg2000(bytes);
  if (raw === undefined) return undefined;
  const { samples, channels, widthPx: width, heightPx: height } = raw;
  const png = await sharp(samples, { raw: { width, height, channels } }).png().toBuffer();
  return new Uint8Array(png);
}

/** Its head can be read, and says of no more than may be unpacked. */
function isDecodable(bytes: Uint8Array): boolean {
  try {
    return findJpeg2000Excess(readJpeg2000Header(bytes)) === undefined;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}
