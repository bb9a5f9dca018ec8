import sharp from 'sharp';
import { sampleJp2 } from '../../standards/lds/testing/sample-pictures';
import { findBestJpeg2000 } from './best-jpeg2000';
import { createPictureDecoder } from './picture-decoder';

const decoder = createPictureDecoder();
const size = { widthPx: 60, heightPx: 80 };

async function portrait(): Promise<Uint8Array> {
  const rgb = new Uint8Array(size.widthPx * size.heightPx * 3).map((_, index) =>
    index % 3 === 0 ? 200 : 40,
  );
  const best = await findBestJpeg2000({ rgb, ...size }, 20_000);
  return best!.bytes;
}

test('a JPEG 2000 picture becomes a PNG of the same size and colour', async () => {
  const png = await decoder.decodeJpeg2000(await portrait());
  const image = sharp(png);
  expect(await image.metadata()).toMatchObject({ format: 'png', width: 60, height: 80 });
  const { channels } = await image.stats();
  expect(channels.map(({ mean }) => Math.round(mean / 10) * 10)).toEqual([200, 40, 40]);
});

test.each([
  ['no picture', Uint8Array.of(1, 2, 3)],
  ['a head without data', sampleJp2({ ...size, components: 3 })],
  ['a bomb', sampleJp2({ widthPx: 60_000, heightPx: 60_000, components: 3 })],
])('%s is not decoded', async (_, bytes) => {
  expect(await decoder.decodeJpeg2000(bytes)).toBeUndefined();
});

test('a picture that breaks off does not break the decoder', async () => {
  const whole = await portrait();
  await decoder.decodeJpeg2000(whole.subarray(0, 200));
  expect(await decoder.decodeJpeg2000(whole)).toBeDefined();
});
