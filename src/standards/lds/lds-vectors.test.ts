import { readVectorEntries, uncheckedMembers } from '../access/testing/vector-entry';
import { recomputeLds } from './testing/recompute-lds';

const entries = readVectorEntries('lds/lds.json');

test.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  const computed = recomputeLds(entry);
  expect(uncheckedMembers(entry, computed)).toEqual([]);
  expect(computed).toMatchObject(entry.expected);
});
