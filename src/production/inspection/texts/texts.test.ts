import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from './text';
import { TEXTS } from './texts';

const entries = Object.entries(TEXTS);
const placesOf = (template: string) => [...template.matchAll(/\{\w+\}/g)].map(String).toSorted();

test.each(entries)('%s has both languages with the same places', (_, { vi, en }) => {
  expect(vi.trim().length).toBeGreaterThan(1);
  expect(en.trim().length).toBeGreaterThan(1);
  expect(placesOf(vi)).toEqual(placesOf(en));
});

test('no text calls a hash a fingerprint', () => {
  const hashes = entries.filter(([, { en }]) => /\bhash/i.test(en));
  expect(hashes.filter(([, { vi }]) => /vân tay/i.test(vi))).toEqual([]);
});

test('every text is used', () => {
  // The program that lints single files says its results in the same words.
  const folders = [join(__dirname, '..'), join(__dirname, '../../../apps/qa/lint')];
  const sources = folders.flatMap(listSources).map((file) => readFileSync(file, 'utf8'));
  const families =
    /^(outcome|group|verdict\.word-|page\.(expected|found)|lint\.kind-|finger\.|eye\.)/;
  const unused = entries
    .map(([key]) => key)
    .filter((key) => !families.test(key) && !sources.some((source) => source.includes(`'${key}'`)));
  expect(unused).toEqual([]);
});

test('places are filled in, in each language with its own words', () => {
  const field = { vi: 'họ tên', en: 'the name' };
  expect(text('compare.differs', { file: 'EF.DG1', field })).toEqual({
    vi: 'EF.DG1 khác tệp định ghi: họ tên.',
    en: 'EF.DG1 is not the file that was meant: the name differs.',
  });
});

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listSources(path);
    return /(?<!-texts|\.test)\.ts$/.test(entry.name) ? [path] : [];
  });
}
