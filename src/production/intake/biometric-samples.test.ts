import {
  sampleCodestream,
  sampleJp2,
  sampleWsq,
} from '../../standards/lds/testing/sample-pictures';
import { ProductionError } from '../errors';
import { readFingerprint, readIris } from './biometric-samples';

const FINGER = { position: 'left-thumb', file: 'f' } as const;
const IRIS = { eye: 'right', file: 'i', takenOn: '2026-03-09' } as const;
const SIZE = { widthPx: 300, heightPx: 400 };

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ProductionError) return error.code;
    throw error;
  }
  return 'none';
}

test('a print keeps its bytes, its size and its resolution', () => {
  const wsq = sampleWsq({ ...SIZE, ppi: 500 });
  const read = readFingerprint(FINGER, wsq);
  expect(read).toMatchObject({ finger: 'left-thumb', imageFormat: 'wsq', resolutionPpi: 500 });
  expect(read.image).toBe(wsq);
  expect(
    readFingerprint(FINGER, sampleJp2({ ...SIZE, ppi: 1000, reversible: true })),
  ).toMatchObject({
    ...{ ...SIZE, imageFormat: 'jpeg2000-lossless', resolutionPpi: 1000 },
  });
  // A header that says nothing of it, and rounding on the way through points a metre.
  expect(readFingerprint(FINGER, sampleWsq(SIZE)).resolutionPpi).toBe(500);
  expect(readFingerprint(FINGER, sampleWsq({ ...SIZE, ppi: 502 })).resolutionPpi).toBe(500);
});

test('an iris keeps its bytes and its day', () => {
  const image = sampleCodestream({ widthPx: 640, heightPx: 480, components: 3 });
  expect(readIris(IRIS, image)).toEqual({
    eye: 'right',
    imageFormat: 'jpeg2000-lossy',
    colour: 'rgb',
    ...{ widthPx: 640, heightPx: 480, captured: { year: 2026, month: 3, day: 9 }, image },
  });
});

test.each([
  ['a print of 300 points an inch', sampleWsq({ ...SIZE, ppi: 300 }), 'PICTURE_UNREADABLE'],
  ['a print in colour', sampleJp2({ ...SIZE, components: 3 }), 'PICTURE_UNREADABLE'],
  ['a print that breaks off', sampleWsq(SIZE).subarray(0, -2), 'PICTURE_UNREADABLE'],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'PICTURE_UNREADABLE'],
  ['nothing', new Uint8Array(), 'PICTURE_UNREADABLE'],
  ['a stamp', sampleWsq({ widthPx: 20, heightPx: 400 }), 'PICTURE_TOO_SMALL'],
  ['a poster', sampleWsq({ widthPx: 5000, heightPx: 400 }), 'PICTURE_TOO_LARGE'],
])('%s is refused', (_, bytes, code) => {
  expect(codeOf(() => readFingerprint(FINGER, bytes))).toBe(code);
});

test('an iris that is no JPEG 2000 is refused', () => {
  expect(codeOf(() => readIris(IRIS, sampleWsq(SIZE)))).toBe('PICTURE_UNREADABLE');
});
