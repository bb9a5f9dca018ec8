import {
  sampleCodestream,
  sampleJp2,
  sampleWsq,
} from '../../../../standards/lds/testing/sample-pictures';
import { pictureDetail } from './sample-picture';

const SIZE = { widthPx: 40, heightPx: 48 };
const WHOLE = [
  ['WSQ', sampleWsq(SIZE)],
  ['a code stream', sampleCodestream(SIZE)],
  ['a JP2 file', sampleJp2(SIZE)],
] as const;

test.each(WHOLE)('%s can be read', (_, image) => {
  expect(pictureDetail(image)).toBeUndefined();
});

test.each(WHOLE)('%s that breaks off in its head cannot', (_, image) => {
  expect(pictureDetail(image.subarray(0, 14))).toEqual(expect.any(String));
});

test('nothing is no picture, and raw pixels have no head that could be wrong', () => {
  expect(pictureDetail(new Uint8Array())).toBe('there is no image');
  expect(pictureDetail(new Uint8Array(100))).toBeUndefined();
});
