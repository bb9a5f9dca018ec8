import { recomputeKeyDerivation } from '../access/testing/recompute-key-derivation';
import { readVectorEntries } from '../access/testing/vector-entry';
import { adjustDesParity } from './key-derivation';

describe('key derivation, worked examples', () => {
  it.each(readVectorEntries('kdf/kdf.json').map((entry) => [entry.id, entry] as const))(
    '%s',
    (_id, entry) => expect(recomputeKeyDerivation(entry)).toMatchObject(entry.expected),
  );
});

it('gives every byte of a DES key odd parity', () => {
  const adjusted = adjustDesParity(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  for (const [byte, found] of adjusted.entries()) {
    expect(found >> 1).toBe(byte >> 1);
    expect(found.toString(2).replaceAll('0', '').length % 2).toBe(1);
  }
});
