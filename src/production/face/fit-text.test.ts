import { ProductionError } from '../errors';
import { fitText, type TextToFit } from './fit-text';
import { squareType } from './testing/square-type';

// Half of 72 pt is 12.7 mm a character at the full size, 6.35 mm at the smallest.
const wish: TextToFit = {
  text: 'ab cd',
  style: { font: 'regular', sizePt: 72, minSizePt: 36, colour: '#000000' },
  widthMm: 70,
  maxLines: 1,
  indentMm: 0,
  source: 'front.fullName',
};

function codeOf(change: Partial<TextToFit>): string {
  try {
    fitText({ ...wish, ...change }, squareType);
  } catch (error) {
    if (error instanceof ProductionError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'fits';
}

test('a text that fits keeps its size', () => {
  const fitted = fitText(wish, squareType);
  expect(fitted.sizePt).toBe(72);
  expect(fitted.lines.map((line) => line.text)).toEqual(['ab cd']);
  expect(fitted.lines[0]?.widthMm).toBeCloseTo(63.5);
});

test('a longer text shrinks just as far as it must', () => {
  const fitted = fitText({ ...wish, widthMm: 60 }, squareType);
  expect(fitted.sizePt).toBeCloseTo(68, 5);
  expect(fitted.lines[0]?.widthMm).toBeLessThanOrEqual(60);
});

test('it breaks between words before it shrinks', () => {
  const fitted = fitText({ ...wish, widthMm: 30, maxLines: 2 }, squareType);
  expect(fitted.sizePt).toBe(72);
  expect(fitted.lines.map((line) => line.text)).toEqual(['ab', 'cd']);
});

test('an indented first line may stay empty', () => {
  const fitted = fitText({ ...wish, indentMm: 60, maxLines: 2 }, squareType);
  expect(fitted.lines.map((line) => line.text)).toEqual(['', 'ab cd']);
});

test('tracking counts between the characters', () => {
  const style = { ...wish.style, trackingMm: 1 };
  expect(fitText({ ...wish, style }, squareType).lines[0]?.widthMm).toBeCloseTo(67.5);
});

test('too long is refused with the field and without the text', () => {
  const text = 'Marker Secret';
  expect(codeOf({ text })).toMatch(/^FACE_OVERFLOW .*front\.fullName/);
  expect(codeOf({ text })).not.toMatch(/Marker|Secret/);
  expect(codeOf({ text: 'abc def ghi', maxLines: 2, widthMm: 30 })).toMatch(/^FACE_OVERFLOW/);
  expect(codeOf({ text: 'abcdefghijkl', maxLines: 6 })).toMatch(/^FACE_OVERFLOW/);
});

test('a character without a glyph is refused', () => {
  expect(codeOf({ text: '中' })).toMatch(/^FACE_UNPRINTABLE .*front\.fullName/);
});
