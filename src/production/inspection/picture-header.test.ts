import fc from 'fast-check';
import sharp from 'sharp';
import { decodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import { readPictureHeader } from './picture-header';

const grey = { create: { width: 48, height: 64, channels: 3, background: '#808080' } } as const;

test.each([false, true])('reads the size of a JPEG (progressive: %p)', async (progressive) => {
  const jpeg = await sharp(grey).jpeg({ progressive }).toBuffer();
  expect(readPictureHeader(jpeg)).toEqual({
    format: 'jpeg',
    widthPx: 48,
    heightPx: 64,
    components: 3,
  });
});

test('refuses a JPEG that is cut off', async () => {
  const jpeg = await sharp(grey).jpeg().toBuffer();
  expect(() => readPictureHeader(jpeg.subarray(0, 100))).toThrow(MalformedError);
  expect(() => readPictureHeader(jpeg.subarray(0, -2))).toThrow('has no end mark');
});

test('refuses a PNG', async () => {
  const png = await sharp(grey).png().toBuffer();
  expect(() => readPictureHeader(png)).toThrow('is neither JPEG nor JPEG 2000');
});

/** SOC and SIZ of a picture of 480 × 640 in three components [ISO 15444-1 §A.5.1]. */
const codeStream =
  'FF4FFF51002F0000000001E0000002800000000000000000000001E000000280000000000000000000030701010701010701 01';

test('reads the size of a JPEG 2000 code stream and of a JP2 file around it', () => {
  const size = { format: 'jpeg2000', widthPx: 480, heightPx: 640, components: 3 };
  expect(readPictureHeader(decodeHex(codeStream))).toEqual(size);
  const jp2 =
    '0000000C6A5020200D0A870A 00000014667479706A703220000000006A703220' +
    '0000001E6A703268 0000001669686472 00000280000001E0 0003 07 07 00 00' +
    '000000006A703263';
  expect(readPictureHeader(decodeHex(jp2 + codeStream))).toEqual(size);
});

test('random bytes are read or refused as malformed', () => {
  const starts = ['', 'FFD8', 'FF4FFF51', '0000000C6A5020200D0A870A'].map((hex) => decodeHex(hex));
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      try {
        readPictureHeader(Buffer.concat([start, rest]));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
