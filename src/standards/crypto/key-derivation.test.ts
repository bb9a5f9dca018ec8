import { adjustDesParity } from './key-derivation';

it('gives every byte of a DES key odd parity', () => {
  const adjusted = adjustDesParity(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  for (const [byte, found] of adjusted.entries()) {
    expect(found >> 1).toBe(byte >> 1);
    expect(found.toString(2).replaceAll('0', '').length % 2).toBe(1);
  }
});
