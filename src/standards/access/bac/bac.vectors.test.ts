import { recomputeBac } from '../testing/recompute-bac';
import { readVectorEntries } from '../testing/vector-entry';

describe('BAC, worked examples', () => {
  it.each(readVectorEntries('bac/bac.json').map((entry) => [entry.id, entry] as const))(
    '%s',
    (_id, entry) => expect(recomputeBac(entry)).toMatchObject(entry.expected),
  );
});
