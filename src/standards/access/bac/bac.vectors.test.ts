import { recomputeBac } from '../testing/recompute-bac';
import { readVectorEntries } from '../testing/vector-entry';

const entries = readVectorEntries('bac/bac.json');

describe('BAC, worked examples', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) =>
    expect(recomputeBac(entry)).toMatchObject(entry.expected),
  );
});

describe('BAC, a worked example spoiled', () => {
  const entry = entries.find(({ id }) => id === 'bac-mutual-auth');
  const spoiled = (received: Record<string, string>) => {
    if (entry === undefined) throw new Error('no example of mutual authentication');
    const inputs = { ...entry.inputs, ...received };
    return recomputeBac({ ...entry, inputs, expected: { reject: 'in words' } })['reject'];
  };

  it.each([
    ['a wrong MAC', { M_IC_received: '2F2D235D074D7448' }, /MAC is wrong/],
    ['no MAC', { M_IC_received: '' }, /not 40 bytes long/],
    ['another cryptogram', { E_IC_received: '00'.repeat(32) }, /MAC is wrong/],
    [
      'the cryptogram of the terminal itself',
      {
        E_IC_received: entry?.expected['E_IFD'] as string,
        M_IC_received: entry?.expected['M_IFD'] as string,
      },
      /did not return the nonces/,
    ],
  ])('is refused with %s', (_name, received, reason) => {
    expect(spoiled(received)).toMatch(reason);
  });

  it('is accepted with the right answer', () => {
    expect(spoiled({})).toBeUndefined();
  });
});
