import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPersoline, type CliResult } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

let folder: string;
let good: string;
let other: string;
let foreignCsca: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-inspect-'));
  const person = inventSpecimen('icao-td3-passport');
  const record = await writeSpecimen(join(folder, 'record'), person);
  for (const keys of ['keys', 'foreign']) {
    const init = ['key', 'init', '--keys', join(folder, keys), '--country', 'UT', '--state', 'UTO'];
    expect((await runPersoline(...init)).status).toBe(0);
  }
  [good, other] = [join(folder, 'good'), join(folder, 'other')];
  for (const out of [good, other]) {
    const named = ['--record', record, '--profile', 'icao-td3-passport', '--out', out];
    const made = await runPersoline('document', 'build', ...named, '--keys', join(folder, 'keys'));
    expect(made.err).toBe('');
  }
  foreignCsca = join(folder, 'foreign', 'CSCA.cer');
}, 90_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function inspect(
  change: (place: string) => Promise<void>,
  ...more: readonly string[]
): Promise<CliResult> {
  const place = await mkdtemp(join(folder, 'case-'));
  await cp(good, place, { recursive: true });
  await change(place);
  return runPersoline(
    'card',
    'inspect',
    '--files',
    place,
    '--csca',
    join(good, 'CSCA.cer'),
    ...more,
  );
}

async function alter(file: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
  await writeFile(file, change(await readFile(file)));
}

const unchanged = (): Promise<void> => Promise.resolve();
const flip =
  (at: number) =>
  (bytes: Buffer): Uint8Array => {
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

test('a good set is good', async () => {
  const { status, out } = await inspect(unchanged);
  expect([status, out]).toEqual([0, expect.stringMatching(/^Good/)]);
});

test('the same as JSON, for machines', async () => {
  const { out } = await inspect(unchanged, '--json');
  expect(JSON.parse(out)).toMatchObject({ format: 'persoline-inspection-1', verdict: 'pass' });
});

test.each([
  [
    'an altered DG1',
    (place: string) => alter(join(place, 'EF.DG1.bin'), (bytes) => bytes.fill('Q', 10, 11)),
    /hash of EF\.DG1 /,
  ],
  [
    'a swapped DG15',
    (place: string) => cp(join(other, 'EF.DG15.bin'), join(place, 'EF.DG15.bin')),
    /hash of EF\.DG15 /,
  ],
  [
    'a DG not in the SOD',
    (place: string) => writeFile(join(place, 'EF.DG7.bin'), Buffer.from('6700', 'hex')),
    /EF\.DG7/,
  ],
  [
    'a bad signature',
    (place: string) => alter(join(place, 'EF.SOD.bin'), (bytes) => flip(bytes.length - 5)(bytes)),
    /signature of EF\.SOD|EF\.SOD.*signature/i,
  ],
  [
    'a truncated file',
    (place: string) => alter(join(place, 'EF.DG2.bin'), (bytes) => bytes.subarray(0, 900)),
    /EF\.DG2/,
  ],
])('%s is a no, with the reason in the first sentence', async (_, change, reason) => {
  const { status, out } = await inspect(change);
  expect(status).toBe(1);
  expect(out.split('\n')[0]).toMatch(reason);
});

test('a wrong CSCA is a no', async () => {
  const { status, out } = await runPersoline(
    'card',
    'inspect',
    '--files',
    good,
    '--csca',
    foreignCsca,
  );
  expect([status, out]).toEqual([1, expect.stringMatching(/CSCA/)]);
});

test('a file that is no certificate is named as such', async () => {
  const file = join(await mkdtemp(join(folder, 'none-')), 'notes.txt');
  await writeFile(file, 'no certificate');
  const given = await runPersoline('card', 'inspect', '--files', good, '--csca', file);
  expect([given.status, given.err]).toEqual([
    1,
    `${file}: holds no certificate and no list that can be read`,
  ]);
});

test('no CSCA at all is a no that says so', async () => {
  const { status, out } = await runPersoline('card', 'inspect', '--files', good);
  expect([status, out.split('\n')[0]]).toEqual([1, expect.stringMatching(/CSCA/)]);
});

test('a folder of certificates, lists and other things serves as trust store', async () => {
  const trust = await mkdtemp(join(folder, 'trust-'));
  const csca = await readFile(join(good, 'CSCA.cer'));
  await cp(foreignCsca, join(trust, 'other-state.crt'));
  await writeFile(join(trust, 'readme.txt'), 'certificates of all States');
  await writeFile(join(trust, 'picture.png'), Uint8Array.of(0x89, 0x50));
  const pem = `-----BEGIN CERTIFICATE-----\n${csca.toString('base64')}\n-----END CERTIFICATE-----\n`;
  await writeFile(join(trust, 'ours'), pem);
  const given = await runPersoline('card', 'inspect', '--files', good, '--csca', trust);
  expect(given.err).toBe(`${trust}: passed over picture.png, readme.txt`);
  expect([given.status, given.out]).toEqual([0, expect.stringMatching(/^Good/)]);
  await rm(join(trust, 'ours'));
  await rm(join(trust, 'other-state.crt'));
  const empty = await runPersoline('card', 'inspect', '--files', good, '--csca', trust);
  expect([empty.status, empty.err]).toEqual([
    2,
    expect.stringContaining('it holds no certificate and no list'),
  ]);
});

test('the values of fields that differ are masked, and in clear when asked for', async () => {
  const masked = await inspect(unchanged, '--expect', other);
  expect(masked.status).toBe(1);
  const place = await mkdtemp(join(folder, 'meant-'));
  await cp(good, place, { recursive: true });
  await alter(join(place, 'EF.DG1.bin'), (bytes) => bytes.fill('Q', 10, 11));
  const hidden = await inspect(unchanged, '--expect', place);
  expect(hidden.out).toMatch(/EF\.DG1 is not the file that was meant: the name differs/);
  expect(hidden.out).toMatch(/\d+ characters, another from character \d+ on/);
  const shown = await inspect(unchanged, '--expect', place, '--unmasked');
  expect(shown.out).toMatch(/expected: [A-Z<]*Q[A-Z<]*\n/);
});

test('an expired DSC is a no', async () => {
  const { status, out } = await inspect(unchanged, '--at', '2060-01-01');
  expect([status, out.split('\n')[0]]).toEqual([1, expect.stringMatching(/DSC.*(expired|valid)/i)]);
});

test('files that differ from what was meant are named', async () => {
  const { status, out } = await inspect(unchanged, '--expect', other);
  expect(status).toBe(1);
  expect(out).toMatch(/EF\.DG15/);
});

test.each([
  [['--files', '/nowhere'], 2, 'INPUT_UNREADABLE'],
  [[], 2, 'USAGE'],
  [['--reader', 'x'], 2, 'USAGE'],
  [['--files', '/tmp', '--can', '12'], 2, 'USAGE'],
])('%p is refused in one line', async (argv, status, code) => {
  const given = await runPersoline('card', 'inspect', ...argv);
  expect([given.status, given.err]).toEqual([status, expect.stringContaining(`error: ${code}: `)]);
});
