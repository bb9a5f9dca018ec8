import { runEntry } from './run-entry';
import { readShippedFile } from './testing/shipped-vectors';
import { PACE } from './topics/pace';
import type { VectorEntry } from './vector-file';

const entries = readShippedFile('pace/pace.json').entries;

/** What becomes of a worked example in which the chip sends something else than the right figure. */
function judge(
  entry: VectorEntry,
  member: string,
  change: (hex: string) => string,
  reject: string,
) {
  const right = entry.expected[member] as string;
  const inputs = { ...entry.inputs, [`${member}_received`]: change(right) };
  return runEntry(PACE, { ...entry, inputs, expected: { reject } }, []).members;
}

const flipLast = (hex: string) =>
  hex.slice(0, -2) + (Number.parseInt(hex.slice(-2), 16) ^ 1).toString(16).padStart(2, '0');

describe.each(entries.map((entry) => [entry.id, entry] as const))('%s, spoiled', (_id, entry) => {
  const terminalPublicKey = entry.expected['terminal_ka_pub'] as string;
  const changes: (readonly [string, string, (hex: string) => string, string])[] = [
    ['a wrong token', 'T_IC', flipLast, 'wrong token'],
    ['a token of four bytes', 'T_IC', (hex) => hex.slice(0, 8), 'token too short'],
    ['a public key outside the group', 'chip_ka_pub', flipLast, 'outside the group'],
    ['an empty public key', 'chip_ka_pub', () => '', 'invalid public key'],
    ['the key of the terminal', 'chip_ka_pub', () => terminalPublicKey, 'same key'],
    ['half a nonce', 'encrypted_nonce_z', (hex) => hex.slice(0, 16), 'nonce has a wrong length'],
    ['another nonce', 'encrypted_nonce_z', flipLast, 'the token is wrong: another nonce'],
    ...('terminal_map_pub' in entry.expected
      ? ([
          ['mapping data outside the group', 'chip_map_pub', flipLast, 'off-curve point'],
          [
            'mapping data of the terminal',
            'chip_map_pub',
            () => entry.expected['terminal_map_pub'] as string,
            'identical mapping keys',
          ],
        ] as const)
      : []),
  ];

  it.each(changes)('is refused with %s', (_name, member, change, reason) => {
    expect(judge(entry, member, change, reason)).toMatchObject([{ outcome: 'passed' }]);
  });

  it('is accepted with the right figures', () => {
    expect(judge(entry, 'T_IC', (hex) => hex, 'any')).toMatchObject([
      { outcome: 'failed', got: 'accepted' },
    ]);
  });
});
