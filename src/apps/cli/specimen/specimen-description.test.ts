import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChipState } from '../../../simulation/chip/chip-state-file';
import { runPersoline } from '../../testing/run-persoline';
import { parseSpecimenDescription } from './specimen-description';

const FOLDER = join(__dirname, '../../../../card-profiles/specimens');
const shipped = readdirSync(FOLDER);
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const problemsOf = (text: string): readonly string[] => {
  try {
    parseSpecimenDescription({ text, file: 'trial.yaml' });
    return [];
  } catch (error) {
    return (error as { readonly reasons: readonly string[] }).reasons;
  }
};

test.each(shipped)('%s is right', (name) => {
  expect(problemsOf(textOf(name))).toEqual([]);
});

const GOOD = textOf('pace-and-eac.yaml');
test.each([
  ['a protocol that is none', 'id-PACE-ECDH-GM-AES-CBC-CMAC-256', 'id-PACE-XYZ', 'trial.yaml:7'],
  [
    'a curve for integers',
    'id-PACE-ECDH-GM-AES-CBC-CMAC-256',
    'id-PACE-DH-GM-AES-CBC-CMAC-256',
    'trial.yaml:7: access.pace[1]: found id-PACE-DH-GM-AES-CBC-CMAC-256 over domain parameters 16',
  ],
  [
    'integers for a curve',
    'id-CA-ECDH-AES-CBC-CMAC-256',
    'id-CA-DH-AES-CBC-CMAC-256',
    'trial.yaml:10: chipAuthentication[1]: found id-CA-DH-AES-CBC-CMAC-256 over',
  ],
  ['keys that cannot be told apart', ', keyId: 2', '', 'several keys without keyId'],
  ['an unknown member', 'biometrics:', 'fingers:', 'the unknown member "fingers"'],
])('%s is refused at its line', (_, from, to, expected) => {
  expect(GOOD).toContain(from);
  expect(problemsOf(GOOD.replace(from, to)).join('\n')).toContain(expected);
});

test('a chip without any way in, and biometrics without Chip Authentication are refused', () => {
  const closed = textOf('pace-cam-alone.yaml').replace(/pace:\n.*\n/, 'pace: []\n');
  expect(problemsOf(closed).join()).toContain('neither BAC nor PACE');
  const bare = textOf('pace-cam-alone.yaml').replace('biometrics: false', 'biometrics: true');
  expect(problemsOf(bare).join()).toContain('Chip Authentication before it');
});

test('card specimen leaves all that a reader needs, and tells what opens the chip', async () => {
  const out = await mkdtemp(join(tmpdir(), 'persoline-specimen-'));
  try {
    const file = join(FOLDER, 'pace-and-eac.yaml');
    const { status, out: printed } = await runPersoline('card', 'specimen', file, '--out', out);
    expect([status, printed]).toEqual([
      0,
      '--mrz-key X00000047,900317,350316\n--can 470815 --pin 918273 --puk 5566778899',
    ]);
    expect(await readdir(out)).toEqual(
      expect.arrayContaining([
        ...['CSCA.cer', 'EF.CVCA.bin', 'EF.DG3.bin', 'EF.SOD.bin', 'UTIS00001.cvcert'],
        ...['chip.json', 'terminal-key.pem'],
      ]),
    );
    expect((await loadChipState(join(out, 'chip.json'))).kind).toBe('gp-emrtd');
    expect((await readFile(join(out, 'EF.DG2.bin'))).length).toBeGreaterThan(0x7fff);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 60_000);
