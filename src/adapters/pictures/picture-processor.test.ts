import sharp from 'sharp';
import { deflateSync, crc32 } from 'node:zlib';
import { ProductionError } from '../../production/errors';
import { readJpeg2000Codestream, readJpeg2000Header } from '../../standards/lds/jpeg2000-header';
import { sampleCodestream, sampleJp2 } from '../../standards/lds/testing/sample-pictures';
import { createPictureProcessor } from './picture-processor';

const WISH = { widthPx: 480, heightPx: 640, maxBytes: 15_000 };
const processor = createPictureProcessor();

/** A picture with as much to say as a portrait: noise over a gradient, of a fixed seed. */
function makePicture(widthPx: number, heightPx: number): sharp.Sharp {
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  let seed = 1;
  for (let index = 0; index < pixels.length; index++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[index] = Math.floor(index / (widthPx * 3) / 4 + (seed % 64)) % 256;
  }
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

async function codeOf(bytes: Uint8Array, wish = WISH): Promise<string> {
  const error: unknown = await processor.prepare(bytes, wish).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ProductionError);
  return error instanceof ProductionError ? error.code : '';
}

/** Red above, blue below, so that one sees which side is up. */
function makeFlag(widthPx: number, heightPx: number): sharp.Sharp {
  const half = Math.floor(heightPx / 2);
  return sharp({
    create: { width: widthPx, height: heightPx, channels: 3, background: 'blue' },
  }).composite([
    {
      input: { create: { width: widthPx, height: half, channels: 3, background: 'red' } },
      left: 0,
      top: 0,
    },
  ]);
}

async function colourAt(jpeg: Uint8Array, xPx: number, yPx: number): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const start = (yPx * info.width + xPx) * info.channels;
  return [...data.subarray(start, start + 3)];
}

test('a portrait becomes a baseline JPEG of the size, as good as fits', async () => {
  const source = await makePicture(900, 1200).png().toBuffer();
  const picture = await processor.prepare(source, WISH);
  expect(picture).toMatchObject({ format: 'jpeg', widthPx: 480, heightPx: 640, colour: 'rgb' });
  const { width, height, isProgressive, space } = await sharp(picture.bytes).metadata();
  expect({ width, height, isProgressive, space }).toEqual({
    width: 480,
    height: 640,
    isProgressive: false,
    space: 'srgb',
  });
  expect(picture.bytes.length).toBeLessThanOrEqual(WISH.maxBytes);
  const roomier = await processor.prepare(source, { ...WISH, maxBytes: 60_000 });
  expect(roomier.bytes.length).toBeGreaterThan(picture.bytes.length);
});

test('the best quality that fits is taken: no more than a step is left over', async () => {
  const source = await makeFlag(480, 640).jpeg().toBuffer();
  const all = await processor.prepare(source, { ...WISH, maxBytes: 1_000_000 });
  const exact = await processor.prepare(source, { ...WISH, maxBytes: all.bytes.length });
  expect(exact.bytes).toEqual(all.bytes);
});

test('orientation is applied and metadata is gone', async () => {
  // Composed first: sharp turns before it composes.
  const upsideDown = await sharp(await makeFlag(480, 640).png().toBuffer())
    .rotate(180)
    .withExif({ IFD0: { Artist: 'ZZMARKERNAME' } })
    .withMetadata({ orientation: 3 })
    .jpeg()
    .toBuffer();
  const { bytes } = await processor.prepare(upsideDown, WISH);
  const [red = 0, , blue = 0] = await colourAt(bytes, 240, 50);
  expect(red).toBeGreaterThan(200);
  expect(blue).toBeLessThan(60);
  const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
  expect({ exif, icc, xmp, orientation }).toEqual({});
  expect(Buffer.from(bytes).includes('ZZMARKERNAME')).toBe(false);
});

test('a picture lying on its side is measured as it is looked at', async () => {
  const lying = await makeFlag(640, 480).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(await processor.prepare(lying, WISH)).toMatchObject({ widthPx: 480, heightPx: 640 });
});

test('transparency becomes white, grey becomes colour, sixteen bits become eight', async () => {
  const clear = { width: 480, height: 640, channels: 4 as const, background: '#00000000' };
  const transparent = await sharp({ create: clear }).png().toBuffer();
  const { bytes } = await processor.prepare(transparent, WISH);
  expect(await colourAt(bytes, 10, 10)).toEqual([255, 255, 255]);
  const grey = await makeFlag(480, 640).greyscale().toColourspace('grey16').png().toBuffer();
  const fromGrey = await processor.prepare(grey, WISH);
  expect((await sharp(fromGrey.bytes).metadata()).channels).toBe(3);
});

test('a colour profile is applied, not dropped', async () => {
  const wide = await makeFlag(480, 640).withIccProfile('p3').jpeg().toBuffer();
  const { bytes } = await processor.prepare(wide, WISH);
  const [red = 0, green = 255] = await colourAt(bytes, 240, 50);
  expect(red).toBeGreaterThan(240);
  expect(green).toBeLessThan(40);
});

test('what is wider is cut at the sides, evenly', async () => {
  const middle = { create: { width: 480, height: 640, channels: 3 as const, background: 'lime' } };
  const wide = await sharp({
    create: { width: 1440, height: 640, channels: 3, background: 'red' },
  })
    .composite([{ input: middle, left: 480, top: 0 }])
    .png()
    .toBuffer();
  const { bytes } = await processor.prepare(wide, WISH);
  for (const xPx of [8, 240, 471]) {
    const [red = 255, green = 0] = await colourAt(bytes, xPx, 320);
    expect(red).toBeLessThan(60);
    expect(green).toBeGreaterThan(200);
  }
});

test('a quarter of the size is enough and is told, less is too small', async () => {
  const small = await processor.prepare(await makeFlag(120, 160).png().toBuffer(), WISH);
  expect(small).toMatchObject({ widthPx: 480, heightPx: 640, doubts: ['enlarged'] });
  expect(await codeOf(await makeFlag(119, 160).png().toBuffer())).toBe('PICTURE_TOO_SMALL');
  expect(await codeOf(await makeFlag(4000, 100).png().toBuffer())).toBe('PICTURE_TOO_SMALL');
});

test('what is shown whole stands on white, and nothing of it is cut', async () => {
  const wide = { create: { width: 600, height: 100, channels: 3 as const, background: 'red' } };
  const source = await sharp(wide).png().toBuffer();
  const { bytes, doubts } = await processor.prepare(source, { ...WISH, fit: 'contain' });
  for (const xPx of [4, 240, 475]) {
    expect((await colourAt(bytes, xPx, 320))[1]).toBeLessThan(60);
    expect((await colourAt(bytes, xPx, 100))[1]).toBeGreaterThan(250);
    expect((await colourAt(bytes, xPx, 540))[1]).toBeGreaterThan(250);
  }
  expect(doubts).toBeUndefined();
});

test('a person is told of a portrait that loses its sides, and of an uneven background', async () => {
  const wide = await makeFlag(900, 640).jpeg().toBuffer();
  expect((await processor.prepare(wide, WISH)).doubts).toEqual(['cropped']);
  const half = { create: { width: 240, height: 640, channels: 3 as const, background: 'black' } };
  const split = await sharp({
    create: { width: 480, height: 640, channels: 3, background: 'white' },
  })
    .composite([{ input: half, left: 0, top: 0 }])
    .png()
    .toBuffer();
  expect((await processor.prepare(split, WISH)).doubts).toEqual(['background-uneven']);
  const plain = await makeFlag(480, 640).png().toBuffer();
  expect((await processor.prepare(plain, WISH)).doubts).toBeUndefined();
});

describe('JPEG 2000', () => {
  const wish = { ...WISH, format: 'jpeg2000' } as const;

  test('is written to the budget, and read again as what it was', async () => {
    const source = await makeFlag(900, 1200).png().toBuffer();
    const written = await processor.prepare(source, wish);
    expect(written).toMatchObject({ format: 'jpeg2000', widthPx: 480, heightPx: 640 });
    expect(written.bytes.length).toBeLessThanOrEqual(wish.maxBytes);
    expect(readJpeg2000Header(written.bytes)).toMatchObject({
      ...{ container: 'jp2', widthPx: 480, heightPx: 640, components: 3, bitsPerComponent: 8 },
    });
    for (const bytes of [written.bytes, readJpeg2000Codestream(written.bytes)]) {
      const read = await processor.prepare(bytes, WISH);
      expect(read).toMatchObject({ format: 'jpeg', widthPx: 480, heightPx: 640 });
      const [red = 0, , blue = 255] = await colourAt(read.bytes, 240, 50);
      expect(red).toBeGreaterThan(230);
      expect(blue).toBeLessThan(30);
    }
  });

  test('spends nearly all of the bytes that it is given', async () => {
    const source = await makePicture(480, 640).png().toBuffer();
    for (const maxBytes of [9_000, 15_000, 40_000]) {
      const { bytes } = await processor.prepare(source, { ...wish, maxBytes });
      expect(bytes.length).toBeLessThanOrEqual(maxBytes);
      expect(bytes.length).toBeGreaterThan(maxBytes * 0.9);
    }
  });

  test('that is damaged is unreadable, and the next one is read all the same', async () => {
    const { bytes } = await processor.prepare(await makeFlag(480, 640).png().toBuffer(), wish);
    const zeros = Uint8Array.from(bytes).fill(0, 220, 400);
    for (const bad of [bytes.subarray(0, 150), bytes.subarray(0, -40), zeros.subarray(0, 300)]) {
      expect(await codeOf(bad)).toBe('PICTURE_UNREADABLE');
    }
    expect(await processor.prepare(bytes, WISH)).toMatchObject({ format: 'jpeg' });
  });

  test.each([
    ['of a terapixel', sampleCodestream({ widthPx: 1_000_000, heightPx: 1_000_000 })],
    ['of 65,536 tiles', sampleCodestream({ widthPx: 2560, heightPx: 2560, tilePx: 10 })],
    ['whose file says another size than its code stream', lyingJp2()],
  ])('a bomb %s is refused from its header', async (_, bytes) => {
    expect(await codeOf(bytes)).toBe('PICTURE_TOO_LARGE');
  });

  test('with a header and no pixels is unreadable', async () => {
    expect(await codeOf(sampleJp2({ widthPx: 480, heightPx: 640, components: 3 }))).toBe(
      'PICTURE_UNREADABLE',
    );
  });
});

test('what no quality brings below the limit is too large', async () => {
  const source = await makePicture(480, 640).png().toBuffer();
  expect(await codeOf(source, { ...WISH, maxBytes: 2_000 })).toBe('PICTURE_TOO_LARGE');
});

test('a small file that unpacks to 900 megapixels is refused from its header', async () => {
  const bomb = makePngBomb(30_000, 30_000);
  expect(bomb.length).toBeLessThan(200_000);
  expect(await codeOf(bomb)).toBe('PICTURE_TOO_LARGE');
});

test('a file beyond the limit is not even looked at', async () => {
  expect(await codeOf(new Uint8Array(10 * 1024 * 1024 + 1))).toBe('PICTURE_TOO_LARGE');
});

test.each<readonly [string, () => Promise<Uint8Array>]>([
  ['nothing', () => Promise.resolve(new Uint8Array())],
  ['text', () => Promise.resolve(new Uint8Array(Buffer.from('not a picture')))],
  [
    'SVG, which can name other files',
    () => Promise.resolve(new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
  ],
  ['WebP', async () => makeFlag(480, 640).webp().toBuffer()],
  ['a JPEG header alone', async () => (await makeFlag(480, 640).jpeg().toBuffer()).subarray(0, 4)],
  [
    'a JPEG cut short',
    async () => {
      const whole = await makePicture(480, 640).jpeg().toBuffer();
      return whole.subarray(0, Math.floor(whole.length / 2));
    },
  ],
  [
    'a PNG with damaged pixels',
    async () => {
      const whole = await makePicture(480, 640).png().toBuffer();
      return whole.fill(0x55, 2_000, 9_000);
    },
  ],
])('%s is unreadable', async (_title, make) => {
  expect(await codeOf(await make())).toBe('PICTURE_UNREADABLE');
});

test('many at once all come out', async () => {
  const source = await makeFlag(480, 640).jpeg().toBuffer();
  const pictures = await Promise.all(
    Array.from({ length: 12 }, () => processor.prepare(source, WISH)),
  );
  expect(new Set(pictures.map(({ bytes }) => bytes.length)).size).toBe(1);
});

/** A PNG of one colour whose pixels are a few kilobytes, as deflate packs them. */
function makePngBomb(widthPx: number, heightPx: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Math.ceil(widthPx / 8) + 1;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const body = deflateSync(Buffer.alloc(row * heightPx));
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', body),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** A JP2 file whose header box says 480 × 640 around a code stream of 100,000 × 100,000. */
function lyingJp2(): Uint8Array {
  const file = sampleJp2({ widthPx: 100_000, heightPx: 100_000, components: 3 });
  const at = Buffer.from(file).indexOf('ihdr') + 4;
  const bytes = Buffer.from(file);
  bytes.writeUInt32BE(640, at);
  bytes.writeUInt32BE(480, at + 4);
  return new Uint8Array(bytes);
}
