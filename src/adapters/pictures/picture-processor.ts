import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import type { Picture } from '../../production/document/picture';
import { PICTURE_MAX_BYTES } from '../../production/document/record-limits';
import { ProductionError } from '../../production/errors';
import type { PictureProcessor, PictureWish } from '../../production/ports';
import { findBestJpeg, type Pixels } from './best-jpeg';
import { createTurnstile } from './turnstile';

/** A scan at 600 dpi of a whole page is inside; what unpacks to more is no portrait. */
const MAX_PIXELS = 40_000_000;

/** A picture may be enlarged to at most twice its size. */
const MAX_ENLARGEMENT = 2;

const TIMEOUT_S = 20;

/**
 * Pictures by libvips. Only JPEG and PNG are let in, at most as many at once as there are
 * processors.
 */
export function createPictureProcessor(): PictureProcessor {
  sharp.cache(false);
  const pass = createTurnstile(availableParallelism());
  return { prepareJpeg: (bytes, wish) => pass(() => prepareJpeg(bytes, wish)) };
}

async function prepareJpeg(bytes: Uint8Array, wish: PictureWish): Promise<Picture> {
  if (bytes.length > PICTURE_MAX_BYTES) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `it has ${bytes.length} bytes, at most ${PICTURE_MAX_BYTES} are read`,
    ]);
  }
  if (!isJpegOrPng(bytes)) throw unreadable('it is neither JPEG nor PNG');
  const { widthPx, heightPx } = await measure(bytes);
  if (widthPx * MAX_ENLARGEMENT < wish.widthPx || heightPx * MAX_ENLARGEMENT < wish.heightPx) {
    throw new ProductionError('PICTURE_TOO_SMALL', 'picture', [
      `it has ${widthPx} × ${heightPx} pixels, ${wish.widthPx} × ${wish.heightPx} are wanted`,
    ]);
  }
  const jpeg = await findBestJpeg(await decode(bytes, wish), wish.maxBytes);
  if (jpeg === undefined) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `no quality brings it below ${wish.maxBytes} bytes`,
    ]);
  }
  return {
    bytes: jpeg,
    format: 'jpeg',
    widthPx: wish.widthPx,
    heightPx: wish.heightPx,
    colour: 'rgb',
  };
}

/** Width and height as they are looked at, from the header alone. */
async function measure(bytes: Uint8Array): Promise<{ widthPx: number; heightPx: number }> {
  const { width, height, autoOrient } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw unreadable('its header is damaged');
    });
  if (width * height > MAX_PIXELS) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `it has ${width} × ${height} pixels, at most ${MAX_PIXELS} in all are unpacked`,
    ]);
  }
  return { widthPx: autoOrient.width, heightPx: autoOrient.height };
}

/** Upright, in sRGB, without transparency, filling the size. */
async function decode(bytes: Uint8Array, wish: PictureWish): Promise<Pixels> {
  try {
    const { data } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .timeout({ seconds: TIMEOUT_S })
      .autoOrient()
      .flatten({ background: 'white' })
      .resize(wish.widthPx, wish.heightPx, { fit: 'cover' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { rgb: data, widthPx: wish.widthPx, heightPx: wish.heightPx };
  } catch {
    throw unreadable('it is damaged or incomplete');
  }
}

function isJpegOrPng(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return start.startsWith('ffd8ff') || start === '89504e470d0a1a0a';
}

function unreadable(reason: string): ProductionError {
  return new ProductionError('PICTURE_UNREADABLE', 'picture', [reason]);
}
