import fc from 'fast-check';
import sharp from 'sharp';
import { encodeJpeg, findBestJpeg } from './best-jpeg';
import type { Pixels } from './pixels';

/** A gradient with noise of this strength: how much there is to say differs. */
function makePixels(noise: number): Pixels {
  const [widthPx, heightPx] = [96, 128];
  let seed = 7;
  const rgb = Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, at) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.min(255, Math.floor(at / (widthPx * 3)) + (seed % (noise + 1)));
  });
  return { rgb, widthPx, heightPx };
}

test('it is the highest quality that fits, found in few encodings', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(120),
      fc.integer({ min: 600, max: 20_000 }),
      async (noise, maxBytes) => {
        const pixels = makePixels(noise);
        const best = await findBestJpeg(pixels, maxBytes);
        if (best === undefined) {
          expect((await encodeJpeg(pixels, 20)).length).toBeGreaterThan(maxBytes);
          return;
        }
        expect(best.bytes.length).toBeLessThanOrEqual(maxBytes);
        expect(best.bytes).toEqual(await encodeJpeg(pixels, best.quality));
        if (best.quality < 95) {
          const next = await encodeJpeg(pixels, best.quality + 1);
          expect(next.length).toBeGreaterThan(maxBytes);
        }
        expect(best.encodings).toBeLessThanOrEqual(11);
      },
    ),
    { numRuns: 40 },
  );
});

test('a JPEG is a JFIF file: one such segment, at the very beginning, and no other metadata', async () => {
  const bytes = Buffer.from(await encodeJpeg(makePixels(20), 70));
  expect(bytes.subarray(0, 20).toString('hex')).toBe(
    `ffd8ffe00010${Buffer.from('JFIF').toString('hex')}00010100000100010000`,
  );
  // Quantization tables follow at once.
  expect(bytes.readUInt16BE(20)).toBe(0xffdb);
  const { format, width, height, exif, icc } = await sharp(bytes).metadata();
  expect([format, width, height, exif, icc]).toEqual(['jpeg', 96, 128, undefined, undefined]);
});
