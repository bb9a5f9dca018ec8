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

describe('Active Authentication, worked examples spoiled', () => {
  const signed = entries.flatMap((entry) => {
    const signature = entry.expected['signature'] ?? entry.expected['signature_plain'];
    return typeof signature === 'string' ? [[entry.id, entry, signature] as const] : [];
  });

  it.each(signed)('%s', (_id, entry, signature) => {
    const judged = (hex: string) =>
      recomputeActiveAuthentication({ ...entry, inputs: { ...entry.inputs, signature: hex } });
    expect(judged(signature)).toEqual({ valid: true });
    expect(judged(signature.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))).toEqual({
      valid: false,
    });
    expect(judged(signature.slice(2))).toEqual({ valid: false });
  });
});
