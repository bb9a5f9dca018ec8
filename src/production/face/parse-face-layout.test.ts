import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFaceLayout } from './parse-face-layout';
import { shippedLayout } from './testing/sample-face';

const FACES = join(__dirname, '../../../card-profiles/faces');
const good = readFileSync(join(FACES, 'vn-cccd-2021.yaml'), 'utf8');

function problemsOf(change: (text: string) => string): string[] {
  const text = change(good);
  expect(text).not.toBe(good);
  return readFaceLayout({ text, file: 'vn-cccd-2021.yaml' }).problems.map(
    ({ line, path, found }) => `${line} ${path}: ${found}`,
  );
}

function lineOf(needle: string): number {
  return good.slice(0, good.indexOf(needle)).split('\n').length;
}

test.each(readdirSync(FACES).filter((file) => file.endsWith('.yaml')))('%s is right', (file) => {
  const name = file.replace('.yaml', '');
  expect(shippedLayout(name).name).toBe(name);
});

test('an unknown member is named with its line', () => {
  const problems = problemsOf((text) => text.replace('cornerRadiusMm:', 'cornerRadius: 1\nwidth:'));
  expect(problems).toContainEqual(
    expect.stringContaining(`${lineOf('cornerRadiusMm')} cornerRadius: the unknown member`),
  );
  expect(problems).toHaveLength(3);
});

test('a style that does not exist is named', () => {
  const problems = problemsOf((text) => text.replace('style: number', 'style: numbers'));
  expect(problems).toEqual([
    expect.stringMatching(/^\d+ sides\[0\]\.elements\[\d+\]\.style: "numbers"$/),
  ]);
});

test('a text beyond the edge of the card is refused', () => {
  const problems = problemsOf((text) => text.replace('sideMm: 13.8', 'sideMm: 18'));
  expect(problems).toEqual([expect.stringContaining('69.2 to 87.2 mm across')]);
});

test('an unknown pattern and an unknown field are both reported', () => {
  const problems = problemsOf((text) =>
    text.replace('pattern: drum', 'pattern: eagle').replace('of: sex', 'of: shoeSize'),
  );
  expect(problems).toEqual([
    expect.stringContaining('"eagle"'),
    expect.stringContaining('"shoeSize"'),
  ]);
});

test('a smallest size above the size is refused', () => {
  const problems = problemsOf((text) =>
    text.replace('sizePt: 11, minSizePt: 10', 'sizePt: 11, minSizePt: 12'),
  );
  expect(problems).toEqual([expect.stringContaining('styles.number.minSizePt: 12')]);
});
