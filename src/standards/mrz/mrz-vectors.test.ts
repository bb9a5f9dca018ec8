import { readVectorEntries } from '../access/testing/vector-entry';
import { recomputeMrz } from './testing/recompute-mrz';

const entries = readVectorEntries('mrz/mrz.json');

test('every worked example has its own name', () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

test.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  expect(recomputeMrz(entry)).toMatchObject(entry.expected);
});
