import * as fc from 'fast-check';
import { MalformedError } from '../bytes/malformed';
import { readJpeg2000Header } from './jpeg2000-header';
import { sampleCodestream, sampleJp2, sampleWsq } from './testing/sample-pictures';
import { readWsqHeader } from './wsq-header';

const wsq = sampleWsq({ widthPx: 620, heightPx: 512, ppi: 500 });
const jp2 = sampleJp2({ widthPx: 413, heightPx: 531, components: 3, ppi: 500 });

test('a WSQ print says its size and resolution', () => {
  expect(readWsqHeader(wsq)).toEqual({ widthPx: 620, heightPx: 512, resolutionPpi: 500 });
  expect(readWsqHeader(sampleWsq({ widthPx: 8, heightPx: 9 }))).toEqual({
    widthPx: 8,
    heightPx: 9,
  });
});

test('a JPEG 2000 picture says its size, tiles and resolution, as a file and as a code stream', () => {
  expect(readJpeg2000Header(jp2)).toEqual({
    container: 'jp2',
    ...{ widthPx: 413, heightPx: 531, components: 3, bitsPerComponent: 8 },
    ...{
      tiles: 1,
      layers: 1,
      resolutionLevels: 5,
      smallestPrecinctPx: 32768,
      reversible: false,
      resolutionPpi: 500,
    },
  });
  const tiled = sampleCodestream({ widthPx: 100, heightPx: 50, tilePx: 30, reversible: true });
  expect(readJpeg2000Header(tiled)).toMatchObject({
    ...{ container: 'codestream', tiles: 8, reversible: true },
  });
});

test.each([
  ['a WSQ that breaks off', readWsqHeader, wsq.subarray(0, -2), 'breaks off'],
  ['a WSQ without a frame', readWsqHeader, cut(wsq, 0xffa2), 'no frame'],
  ['a WSQ of no width', readWsqHeader, sampleWsq({ widthPx: 0, heightPx: 9 }), 'no width'],
  ['a JP2 that breaks off', readJpeg2000Header, jp2.subarray(0, -2), 'longer or shorter'],
  [
    'a code stream that breaks off',
    readJpeg2000Header,
    sampleCodestream({ widthPx: 9, heightPx: 9 }).subarray(0, -2),
    'breaks off',
  ],
  [
    'a code stream of no width',
    readJpeg2000Header,
    sampleCodestream({ widthPx: 0, heightPx: 9 }),
    'no width',
  ],
] as const)('%s is refused', (_, read, bytes, reason) => {
  expect(() => read(bytes)).toThrow(MalformedError);
  expect(() => read(bytes)).toThrow(reason);
});

test.each([
  ['WSQ', readWsqHeader, wsq],
  ['JP2', readJpeg2000Header, jp2],
] as const)('%s: changed bytes are read or refused, nothing else', (_, read, good) => {
  const changed = fc
    .tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), fc.nat({ max: good.length }))
    .map(([at, byte, length]) => {
      const bytes = Uint8Array.from(good);
      bytes[at] = byte;
      return byte % 2 === 0 ? bytes : bytes.subarray(0, length);
    });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 80 })), (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 500 },
  );
});

/** Without the segment that begins with this marker. */
function cut(bytes: Uint8Array, marker: number): Uint8Array {
  const at = Buffer.from(bytes).indexOf(Buffer.of(marker >> 8, marker & 0xff));
  const length = (bytes[at + 2] ?? 0) * 0x100 + (bytes[at + 3] ?? 0);
  return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 2 + length));
}
