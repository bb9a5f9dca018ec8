import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { ProductionError } from '../errors';
import { parseChip, readChip } from '../profile/parse-chip';
import { formatProblem } from '../profile/profile-problem';
import { shippedProduct } from '../profile/testing/shipped-profiles';
import { compileScript } from './compile-script';
import { buildSampleDocument } from './sample-document';

const file = 'gp-shape.yaml';
const text = readFileSync(join(__dirname, '../profile/testing', file), 'utf8');
const chip = parseChip(text, file);
const product = { ...shippedProduct('vn-cccd-2021'), chips: [chip.name] };
const document = buildSampleDocument(product, chip);
const { steps } = compileScript({ document, product, chip });

function commandsOf(title: string): readonly Uint8Array[] {
  return steps.find((step) => step.title.en === title)?.commands ?? [];
}

describe('a script for a GlobalPlatform chip', () => {
  test('opens a channel by reference to keys, once a phase', () => {
    const keys = [{ keySet: 'isd-master', keyVersion: 0x30, diversification: 'kdf3' }];
    const channel = { protocol: 'scp03', keys, macBytes: 8 };
    expect(steps.filter((step) => step.channel).map((step) => [step.phase, step.channel])).toEqual([
      ['write', { ...channel, level: 'c-mac c-enc' }],
      ['lock', { ...channel, level: 'c-mac' }],
    ]);
  });

  test('installs for personalization', () => {
    expect(commandsOf('Install for personalization').map(encodeHex)).toEqual([
      '80E620000D000007A0000002471001000000',
    ]);
  });

  test('stores a file under its data grouping, cut so that the wrapped command still fits', () => {
    const content = document.files.get('EF.DG2') ?? new Uint8Array();
    const big = new Uint8Array(5_000).fill(0xab);
    const files = new Map(document.files).set('EF.DG2', big);
    const script = compileScript({ document: { ...document, files }, product, chip });
    const step = script.steps.find((candidate) => candidate.file === 'EF.DG2');
    const blocks = (step?.commands ?? []).map(parseCommand);
    // 2000 less the MAC of 8, in whole cipher blocks with a byte of padding: 1983.
    expect(blocks.map(({ data }) => data?.length)).toEqual([1983, 1983, 5005 - 2 * 1983]);
    expect(blocks.map(({ p1, p2 }) => [p1, p2])).toEqual([
      [0x08, 0],
      [0x08, 1],
      [0x88, 2],
    ]);
    expect(concatBytes(...blocks.map(({ data = new Uint8Array() }) => data))).toEqual(
      concatBytes(decodeHex('0102FF1388'), big),
    );
    expect(content.length).toBeLessThan(1983);
  });

  test('pads what the channel is to encrypt and says where it begins', () => {
    const mrz = steps.find(({ title }) => title.en === 'Store the MRZ data');
    const { data = new Uint8Array(), p1 } = parseCommand(mrz?.commands[0] ?? new Uint8Array());
    expect([mrz?.secret, mrz?.encryptFrom, p1]).toEqual([true, 3, 0xe8]);
    expect(encodeHex(data.subarray(0, 3))).toBe('800120');
    expect(data.length % 16).toBe(3);
    expect(encodeHex(data.subarray(3))).toMatch(/^5F1F09.*80(00)*$/);
  });

  test('writes the brackets of data groupings in commands too', () => {
    const [command = new Uint8Array()] = commandsOf('Put the AA key');
    expect(encodeHex(command)).toMatch(/^80D8010123801020/);
  });

  test('never cuts what is encrypted', () => {
    const limits = { ...chip.limits, commandDataBytes: 40 };
    expect(() => compileScript({ document, product, chip: { ...chip, limits } })).toThrow(
      ProductionError,
    );
  });

  test('refuses more blocks than STORE DATA can count', () => {
    const limits = { ...chip.limits, commandDataBytes: 80 };
    const files = new Map(document.files).set('EF.DG2', new Uint8Array(20_000));
    expect(() =>
      compileScript({ document: { ...document, files }, product, chip: { ...chip, limits } }),
    ).toThrow(/blocks are needed, 256 can be counted/);
  });
});

test.each([
  ["EF.DG2: { fid: '0102', dgi: '0102' }", "EF.DG2: { fid: '0102' }", 'found no dgi'],
  ["keyVersion: '30'", 'keyVersion: 30', 'found 30 without quotes'],
  ['level: c-mac\n', 'level: c-mac\n    macBytes: 4\n', 'found 4; allowed: 8, 16'],
  ['digest: sha256', 'digest: sha1', 'found "sha1"; allowed: sha224'],
  ['level: c-mac c-enc', 'level: none', 'found "none"; allowed: c-mac, '],
  ['diversification: kdf3', 'diversification: mine', 'found "mine"; allowed: none, emv'],
])('%s → %s is refused', (from, to, expected) => {
  const { problems } = readChip({ text: text.replace(from, to), file });
  expect(problems.map(formatProblem)[0]).toContain(expected);
});
