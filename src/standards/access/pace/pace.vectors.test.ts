import { recomputePace } from '../testing/recompute-pace';
import { readVectorEntries } from '../testing/vector-entry';

describe('PACE, worked examples', () => {
  it.each(readVectorEntries('pace/pace.json').map((entry) => [entry.id, entry] as const))(
    '%s',
    (_id, entry) => expect(recomputePace(entry)).toMatchObject(entry.expected),
  );
});
