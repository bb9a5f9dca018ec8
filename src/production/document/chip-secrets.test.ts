import { ProductionError } from '../errors';
import { encodeChipSecrets, parseChipSecrets, type ChipSecrets } from './chip-secrets';

const SECRET = 'ZZMARKER1';

const secrets: ChipSecrets = {
  access: {
    mrz: { documentNumber: SECRET, dateOfBirth: '900102', dateOfExpiry: '360101' },
    can: '000001',
  },
  chipKeys: {
    activeAuthentication: {
      type: 'rsa',
      publicKey: Uint8Array.of(1, 2),
      modulus: Uint8Array.of(3, 4),
      privateExponent: Uint8Array.of(0, 6),
    },
    chipAuthentication: {
      type: 'ec',
      publicKey: Uint8Array.of(7),
      curve: 'brainpoolP256r1',
      privateScalar: Uint8Array.of(0, 9),
    },
  },
};

function refusal(text: string): ProductionError {
  try {
    parseChipSecrets(text, 'chip-secrets.json');
  } catch (error) {
    if (error instanceof ProductionError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('secrets survive their file', () => {
  expect(parseChipSecrets(encodeChipSecrets(secrets), 'x')).toEqual(secrets);
  const bare: ChipSecrets = { access: { mrz: secrets.access.mrz }, chipKeys: {} };
  expect(parseChipSecrets(encodeChipSecrets(bare), 'x')).toEqual(bare);
});

test.each([
  ['no JSON', '{', 'it is not JSON'],
  ['an unknown member', '"mrz"', '"x": 1, "mrz"'],
  ['a missing member', '"dateOfBirth": "900102",', ''],
  ['a date of letters', '900102', 'ABCDEF'],
  ['a CAN of five digits', '"000001"', '"00001"'],
  ['half a byte', '"0102"', '"010"'],
  ['a kind of key nobody knows', '"ec"', '"dsa"'],
  ['a member of the other kind', '"curve"', '"modulus"'],
])('%s is refused without a word of its content', (_name, from, to) => {
  const text = encodeChipSecrets(secrets);
  const wrong = from === '{' ? text.slice(2) : text.replace(from, to);
  const error = refusal(wrong);
  expect(error.code).toBe('INPUT_MALFORMED');
  expect(error.reasons.length).toBeGreaterThan(0);
  expect(error.message).not.toContain(SECRET);
});

test('a huge text is refused unread', () => {
  expect(refusal('x'.repeat(100_000)).reasons).toEqual(['more than 65536 characters']);
});
