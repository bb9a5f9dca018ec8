import { recomputeActiveAuthentication } from '../testing/recompute-active-authentication';
import { readVectorEntries } from '../testing/vector-entry';

/** Printed figures that cannot be recomputed, with the reason. */
const NOT_RECOMPUTED = {
  signature_printed: 'the standard prints the signature without the modulus of the key',
} as const;

const entries = readVectorEntries('active-authentication/active-authentication.json');

describe('Active Authentication, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
    const figures = Object.entries(entry.expected).filter(([name]) => !(name in NOT_RECOMPUTED));
    expect(recomputeActiveAuthentication(entry)).toMatchObject(Object.fromEntries(figures));
  });
});
