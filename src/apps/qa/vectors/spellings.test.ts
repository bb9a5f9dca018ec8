import { runEntry } from './run-entry';
import { shippedEntry } from './testing/shipped-vectors';
import { findTopic } from './topics';

/** The same question in other words: names of curves and ciphers, case of members and figures. */
function outcome(
  [topic, file, id]: readonly [string, string, string],
  inputs: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>> = {},
) {
  const entry = shippedEntry(file, id);
  const changed = {
    ...entry,
    inputs: { ...entry.inputs, ...inputs },
    expected: { ...entry.expected, ...expected },
  };
  return runEntry(findTopic(topic)!, changed, []).outcome;
}

const CA = ['ca', 'chip-authentication/chip-authentication.json'] as const;
const PACE = ['PACE', 'pace/pace.json'] as const;

test.each([
  'brainpoolP256r1',
  'BrainpoolP256R1',
  'bp256',
  'brainpool_p256',
  '1.3.36.3.3.2.8.1.1.7',
])('a curve is known as %s', (curve) => {
  const entry = [...CA, 'ca-v1-ecdh-AES-192-bp256-computed'] as const;
  expect(outcome(entry, { curve, alg: 'aes192' }, { curve, cipher: 'AES192' })).toBe('passed');
  expect(outcome(entry, { curve: 'P-256' })).toBe('failed');
});

test('commands of Chip Authentication follow from the cipher where no oid is given', () => {
  const mse = '002241A40C800A04007F00070202030202';
  const entry = [...CA, 'ca-v1-ecdh-AES-128-bp256-computed'] as const;
  expect(outcome(entry, {}, { mse, mse_set_at: mse })).toBe('passed');
});

test('domain parameters of PACE by number, by name or in numbers', () => {
  const gm = [...PACE, 'pace-ecdh-gm-aes128-bp256-mrz'] as const;
  expect(outcome(gm, { parameter_id: null, curve: 'bp256' })).toBe('passed');
  expect(outcome(gm, { parameter_id: null, curve: null, oid: null })).toBe('passed');
  const dh = [...PACE, 'pace-dh-gm-aes128-rfc5114-1024-mrz'] as const;
  expect(outcome(dh, { parameter_id: null })).toBe('passed');
  expect(outcome(dh, { parameter_id: null, p: null, group: 'RFC 5114 1024/160' })).toBe('passed');
});

test('figures in lower case, keys under either spelling', () => {
  const session = ['sm', 'secure-messaging/secure-messaging.json', 'sm-aes256-case2'] as const;
  const { inputs, expected } = shippedEntry(session[1], session[2]);
  const lower = (text: unknown): string => (text as string).toLowerCase();
  expect(
    outcome(
      session,
      {
        ks_enc: null,
        KS_ENC: lower(inputs['ks_enc']),
        SSC: lower(inputs['ssc_before']),
        ssc_before: null,
      },
      {
        protected_command: lower(expected['protected_command']),
        iv_for_ssc3: expected['iv_for_ssc3'],
      },
    ),
  ).toBe('passed');
});
