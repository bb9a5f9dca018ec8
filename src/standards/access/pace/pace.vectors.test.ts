import { recomputePace } from '../testing/recompute-pace';
import { readVectorEntries, type VectorEntry } from '../testing/vector-entry';

const entries = readVectorEntries('pace/pace.json');

describe('PACE, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) =>
    expect(recomputePace(entry)).toMatchObject(entry.expected),
  );
});

/** A worked example in which the chip sends something else than the right figure. */
function spoiled(entry: VectorEntry, member: string, change: (hex: string) => string): VectorEntry {
  const right = (entry.expected[member] ?? entry.inputs[member]) as string;
  return {
    ...entry,
    inputs: { ...entry.inputs, [`${member}_received`]: change(right) },
    expected: { reject: 'in words' },
  };
}

const flipLast = (hex: string) =>
  hex.slice(0, -2) + (Number.parseInt(hex.slice(-2), 16) ^ 1).toString(16).padStart(2, '0');

describe.each(entries.map((entry) => [entry.id, entry] as const))('%s, spoiled', (_id, entry) => {
  const mapping = 'terminal_map_pub' in entry.expected;
  const terminalPublicKey = entry.expected['terminal_ka_pub'] as string;

  it.each<[string, string, (hex: string) => string, RegExp]>([
    ['a wrong token', 'T_IC', flipLast, /token of the chip is wrong/],
    ['a token of four bytes', 'T_IC', (hex) => hex.slice(0, 8), /token of the chip is wrong/],
    ['a public key outside the group', 'chip_ka_pub', flipLast, /not an element of the group/],
    ['an empty public key', 'chip_ka_pub', () => '', /not encoded as the group demands/],
    ['the key of the terminal', 'chip_ka_pub', () => terminalPublicKey, /the same public key/],
    ['half a nonce', 'encrypted_nonce_z', (hex) => hex.slice(0, 16), /a nonce of 8 bytes/],
  ])('is refused with %s', (_name, member, change, reason) => {
    expect(recomputePace(spoiled(entry, member, change))['reject']).toMatch(reason);
  });

  it('is refused with another nonce than the chip has', () => {
    expect(recomputePace(spoiled(entry, 'encrypted_nonce_z', flipLast))['reject']).toBeDefined();
  });

  if (!mapping) return;
  it('is refused with mapping data outside the group', () => {
    const reason = recomputePace(spoiled(entry, 'chip_map_pub', flipLast))['reject'];
    expect(reason).toMatch(/PACE, map nonce: .* not an element of the group/);
  });
});

it('refuses a chip whose chip authentication data is not that of its static key', () => {
  const cam = entries.find(({ id }) => id.includes('-cam-'));
  if (cam === undefined) throw new Error('no example of chip authentication mapping');
  const member = 'encrypted_chip_authentication_data';
  expect(recomputePace(spoiled(cam, member, flipLast))['reject']).toMatch(
    /chip authentication data/,
  );
  const other = entries.find(({ id }) => id === 'pace-ecdh-gm-aes128-bp256-mrz');
  const chip_static_pub = other?.expected['chip_ka_pub'];
  const stolen = { ...cam, inputs: { ...cam.inputs, chip_static_pub }, expected: { reject: '' } };
  expect(recomputePace(stolen)['reject']).toMatch(/does not verify/);
});
