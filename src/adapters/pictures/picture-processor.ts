import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import type { Picture } from '../../production/document/picture';
import { PICTURE_MAX_BYTES } from '../../production/document/record-limits';
import { ProductionError } from '../../production/errors';
import type { PictureProcessor, PictureWish } from '../../production/ports';
import { MalformedError } from '../../standards/bytes/malformed';
import { beginsLikeJpeg2000, readJpeg2000Header } from '../../standards/lds/jpeg2000-header';
import { findBestJpeg } from './best-jpeg';
import { findBestJpeg2000 } from './best-jpeg2000';
import { decodeJpeg2000, findJpeg2000Excess } from './decode-jpeg2000';
import { enlargementOf, findDoubts } from './find-doubts';
import { findHead } from './find-head';
import type { Pixels } from './pixels';
import { createTurnstile } from './turnstile';

/** A scan at 600 dpi of a whole page is inside; what unpacks to more is no portrait. */
const MAX_PIXELS = 40_000_000;

/** A picture may be enlarged to at most four times its size; a person is told of it. */
const MAX_ENLARGEMENT = 4;

const TIMEOUT_S = 20;

/** A picture that was looked at from outside: its size, and how its pixels are got. */
interface Source {
  readonly widthPx: number;
  readonly heightPx: number;
  open(): Promise<sharp.Sharp>;
}

/**
 * Pictures by libvips, JPEG 2000 by OpenJPEG. Only JPEG, JPEG 2000 and PNG are let in, at most as
 * many at once as there are processors.
 */
export function createPictureProcessor(): PictureProcessor {
  sharp.cache(false);
  const pass = createTurnstile(availableParallelism());
  return { prepare: (bytes, wish) => pass(() => preparePicture(bytes, wish)) };
}

async function preparePicture(bytes: Uint8Array, wish: PictureWish): Promise<Picture> {
  const { source, pixels } = await openPicture(bytes, wish);
  const { format = 'jpeg' } = wish;
  const find = format === 'jpeg' ? findBestJpeg : findBestJpeg2000;
  const encoded = await find(pixels, wish.maxBytes);
  if (encoded === undefined) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `no quality brings it below ${wish.maxBytes} bytes`,
    ]);
  }
  const head = wish.fit === 'contain' ? undefined : findHead(pixels);
  const doubts = findDoubts(source, { wish, prepared: pixels, head });
  return {
    bytes: encoded.bytes,
    format,
    ...{ widthPx: wish.widthPx, heightPx: wish.heightPx, colour: 'rgb' },
    ...(doubts.length > 0 && { doubts }),
    ...(head !== undefined && { head }),
  };
}

/**
 * The pixels of a picture from outside as they are wished: upright, in sRGB, in size.
 *
 * @throws ProductionError `PICTURE_TOO_LARGE`, `PICTURE_TOO_SMALL`, `PICTURE_UNREADABLE`
 */
export async function openPicture(
  bytes: Uint8Array,
  wish: PictureWish,
): Promise<{ readonly source: Source; readonly pixels: Pixels }> {
  if (bytes.length > PICTURE_MAX_BYTES) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `it has ${bytes.length} bytes, at most ${PICTURE_MAX_BYTES} are read`,
    ]);
  }
  const source = await lookAt(bytes);
  const { widthPx, heightPx } = source;
  if (enlargementOf(source, wish) > MAX_ENLARGEMENT) {
    throw new ProductionError('PICTURE_TOO_SMALL', 'picture', [
      `it has ${widthPx} × ${heightPx} pixels, ${wish.widthPx} × ${wish.heightPx} are wanted`,
    ]);
  }
  return { source, pixels: await decode(source, wish) };
}

function lookAt(bytes: Uint8Array): Promise<Source> | Source {
  if (beginsLikeJpeg2000(bytes)) return lookAtJpeg2000(bytes);
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (start.startsWith('ffd8ff') || start === '89504e470d0a1a0a') return lookAtCommon(bytes);
  throw unreadable('it is none of JPEG, JPEG 2000 and PNG');
}

/** Size as it is looked at, from the header alone. */
async function lookAtCommon(bytes: Uint8Array): Promise<Source> {
  const { width, height, autoOrient } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw unreadable('its header is damaged');
    });
  if (width * height > MAX_PIXELS) {
    throw tooLarge(`it has ${width} × ${height} pixels, at most ${MAX_PIXELS} in all are unpacked`);
  }
  const open = (): Promise<sharp.Sharp> =>
    Promise.resolve(sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).autoOrient());
  return { widthPx: autoOrient.width, heightPx: autoOrient.height, open };
}

function lookAtJpeg2000(bytes: Uint8Array): Source {
  try {
    const header = readJpeg2000Header(bytes);
    const excess = findJpeg2000Excess(header);
    if (excess !== undefined) throw tooLarge(excess);
    const { widthPx, heightPx } = header;
    const open = async (): Promise<sharp.Sharp> => {
      const raw = await decodeJpeg2000(bytes);
      if (raw === undefined) throw unreadable('its code stream is damaged');
      const { samples, channels } = raw;
      return sharp(samples, { raw: { width: widthPx, height: heightPx, channels } });
    };
    return { widthPx, heightPx, open };
  } catch (error) {
    if (error instanceof MalformedError) throw unreadable(`${error.place} ${error.reason}`);
    throw error;
  }
}

/** Upright, in sRGB, without transparency, filling the size or whole on white. */
async function decode(source: Source, wish: PictureWish): Promise<Pixels> {
  try {
    const { data } = await (
      await source.open()
    )
      .timeout({ seconds: TIMEOUT_S })
      .flatten({ background: 'white' })
      .resize(wish.widthPx, wish.heightPx, { fit: wish.fit ?? 'cover', background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { rgb: data, widthPx: wish.widthPx, heightPx: wish.heightPx };
  } catch (error) {
    if (error instanceof ProductionError) throw error;
    throw unreadable('it is damaged or incomplete');
  }
}

function unreadable(reason: string): ProductionError {
  return new ProductionError('PICTURE_UNREADABLE', 'picture', [reason]);
}

function tooLarge(reason: string): ProductionError {
  return new ProductionError('PICTURE_TOO_LARGE', 'picture', [reason]);
}
