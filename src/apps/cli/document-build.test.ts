import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

const citizen = inventSpecimen('vn-cccd-2021');

let folder: string;
let keys: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-cli-'));
  keys = join(folder, 'keys');
  const init = ['key', 'init', '--keys', keys, '--country', 'VN', '--state', 'VNM'];
  expect((await runPersoline(...init)).status).toBe(0);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function newFolder(): Promise<string> {
  return mkdtemp(join(folder, 'case-'));
}

function build(record: string, product: string, out: string, ...more: readonly string[]) {
  const named = ['--record', record, '--profile', product, '--out', out, '--keys', keys];
  return runPersoline('document', 'build', ...named, ...more);
}

test.each(['vn-cccd-2021', 'icao-td3-passport'])(
  '%s is built, signed and judged good',
  async (product) => {
    const place = await newFolder();
    const person = inventSpecimen(product);
    const record = await writeSpecimen(place, person);
    const out = join(place, 'out');
    const own = join(place, 'keys');
    const { issuingState } = person.record;
    const country = issuingState.slice(0, 2);
    await runPersoline('key', 'init', '--keys', own, '--country', country, '--state', issuingState);
    expect((await build(record, product, out, '--keys', own)).err).toBe('');
    const names = await readdir(out);
    expect(names).toEqual(
      expect.arrayContaining([
        'EF.COM.bin',
        'EF.DG1.bin',
        'EF.DG2.bin',
        'EF.SOD.bin',
        'DSC.cer',
        'CSCA.cer',
      ]),
    );
    expect((await stat(join(out, 'chip-secrets.json'))).mode & 0o777).toBe(0o600);
    const inspect = ['card', 'inspect', '--files', out, '--csca', join(out, 'CSCA.cer')];
    const report = await runPersoline(...inspect);
    expect([report.status, report.out]).toEqual([0, expect.stringMatching(/^Good/)]);
  },
  60_000,
);

test('OpenSSL verifies the EF.SOD of an RSA signer', async () => {
  const place = await newFolder();
  const rsa = join(place, 'rsa-keys');
  const init = ['key', 'init', '--keys', rsa, '--country', 'VN', '--state', 'VNM'];
  await runPersoline(...init, '--algorithm', 'rsa-2048-sha256');
  const out = join(place, 'out');
  const record = await writeSpecimen(place, citizen);
  const made = await runPersoline(
    ...[
      'document',
      'build',
      '--record',
      record,
      '--profile',
      'vn-cccd-2021',
      '--keys',
      rsa,
      '--out',
      out,
    ],
  );
  expect(made.status).toBe(0);
  const sod = await readFile(join(out, 'EF.SOD.bin'));
  const header = 1 + ((sod[1] ?? 0) < 0x80 ? 1 : 1 + ((sod[1] ?? 0) & 0x7f));
  await writeFile(join(out, 'sod.cms'), sod.subarray(header));
  execFileSync('openssl', [
    'x509',
    '-inform',
    'DER',
    '-in',
    join(out, 'CSCA.cer'),
    '-out',
    join(out, 'csca.pem'),
  ]);
  const verify = [
    'cms',
    '-verify',
    '-inform',
    'DER',
    '-in',
    join(out, 'sod.cms'),
    '-CAfile',
    join(out, 'csca.pem'),
  ];
  const said = execFileSync(
    'openssl',
    [...verify, '-purpose', 'any', '-out', join(out, 'lds.der')],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  expect(said).toBe('');
  expect((await stat(join(out, 'lds.der'))).size).toBeGreaterThan(50);
}, 60_000);

/** No value of the record that says who it is about stands in what is printed. */
function expectNothingPersonal(printed: string): void {
  const { name, personalNumber, placeOfOrigin, placeOfResidence, father, mother } = citizen.record;
  const values = ['full' in name ? name.full : name.primary, personalNumber, placeOfOrigin];
  for (const value of [...values, placeOfResidence, father, mother]) {
    if (value !== undefined) expect(printed).not.toContain(value);
  }
}

describe('a record that is not right is one clear line, and nothing is written', () => {
  async function refusal(change: Readonly<Record<string, unknown>>): Promise<string> {
    const place = await newFolder();
    const record = await writeSpecimen(place, citizen, change);
    const out = join(place, 'out');
    const { status, err } = await build(record, 'vn-cccd-2021', out);
    expect(status).toBe(1);
    expectNothingPersonal(err);
    expect(await readdir(place)).not.toContain('out');
    const [line = '', hint = ''] = err.split('\n');
    expect(hint).toMatch(/^hint: /);
    return line;
  }

  test.each([
    ['an unknown field', { shoeSize: 42 }, /shoeSize/],
    [
      'a date that does not exist',
      { dateOfIssue: '2026-02-30' },
      /dateOfIssue: there is no such date/,
    ],
    ['a number against its rule', { personalNumber: '12345' }, /personalNumber/],
    ['a missing picture', { portrait: 'portraits/nowhere.jpg' }, /portrait: a picture is missing/],
    ['a path that leads out', { portrait: '../../etc/passwd' }, /portrait/],
    ['a field that the product has no place for', { profession: 'x' }, /profession/],
    [
      'several at once',
      { sex: 'Z', dateOfExpiry: '2020-01-01' },
      /sex.*dateOfExpiry|dateOfExpiry.*sex/,
    ],
  ])(
    '%s',
    async (_, change, expected) => {
      expect(await refusal(change)).toMatch(expected);
    },
    30_000,
  );

  test.each([
    ['no picture at all', () => Promise.resolve(Buffer.from('not a picture')), /cannot be decoded/],
    ['a decompression bomb', () => bomb(), /larger than allowed/],
  ])(
    '%s',
    async (_, draw, expected) => {
      const place = await newFolder();
      const record = await writeSpecimen(place, citizen, { portrait: 'p.jpg' });
      await writeFile(join(place, 'p.jpg'), await draw());
      const { status, err } = await build(record, 'vn-cccd-2021', join(place, 'out'));
      expect([status, err]).toEqual([1, expect.stringMatching(expected)]);
    },
    30_000,
  );

  /** 400 megapixels of one colour in some hundred kilobytes. */
  function bomb(): Promise<Buffer> {
    const create = { width: 20_000, height: 20_000, channels: 3 as const, background: 'white' };
    return sharp({ create, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer();
  }
});

describe('what is missing or wrong around it', () => {
  test.each([
    ['no such record file', ['--record', '/nowhere/r.json'], 2, 'SOURCE_UNREADABLE'],
    ['no such product', ['--profile', 'nothing'], 2, 'PROFILE_UNKNOWN'],
    ['no such chip', ['--chip', 'nothing'], 2, 'PROFILE_UNKNOWN'],
    ['no such key directory', ['--keys', '/nowhere'], 2, 'INPUT_UNREADABLE'],
  ])(
    '%s',
    async (_, change, status, code) => {
      const place = await newFolder();
      const record = await writeSpecimen(place, citizen);
      const given = await build(record, 'vn-cccd-2021', join(place, 'out'), ...change);
      expect([given.status, given.err]).toEqual([
        status,
        expect.stringContaining(`error: ${code}: `),
      ]);
      expect(given.err).not.toMatch(/\n\s+at /);
    },
    30_000,
  );

  test('a wrong PIN', async () => {
    const place = await newFolder();
    const pinFile = join(place, 'pin');
    await writeFile(pinFile, '000000000000\n');
    const record = await writeSpecimen(place, citizen);
    const given = await build(record, 'vn-cccd-2021', join(place, 'out'), '--pin-file', pinFile);
    expect([given.status, given.err]).toEqual([
      3,
      expect.stringMatching(/^error: HSM_PIN_WRONG: /),
    ]);
  }, 30_000);

  test('keys of another State are told, not refused', async () => {
    const place = await newFolder();
    const record = await writeSpecimen(place, inventSpecimen('icao-td3-passport'));
    const given = await build(record, 'icao-td3-passport', join(place, 'out'));
    expect([given.status, given.err]).toEqual([
      0,
      expect.stringContaining('warning: ICAO3:LDS_D/country: The MRZ says issuing state UTO'),
    ]);
  }, 30_000);

  test('a name that no font of the card has is told, and its document made', async () => {
    const place = await newFolder();
    const name = { primary: 'Шевченко', secondary: 'Їжак' };
    const record = await writeSpecimen(place, inventSpecimen('icao-td3-passport'), { name });
    const out = join(place, 'out');
    const given = await build(record, 'icao-td3-passport', out);
    expect([given.status, given.err]).toEqual([
      0,
      expect.stringContaining('the card could not be printed: FACE_UNPRINTABLE: page.primary'),
    ]);
    expect(given.err).not.toContain(name.primary);
    expect(await readFile(join(out, 'EF.DG1.bin'), 'latin1')).toContain('UTOSHEVCHENKO<<IZHAK<');
  }, 30_000);

  test('an option that is missing is wrong use', async () => {
    const { status, err } = await runPersoline('document', 'build');
    expect([status, err]).toEqual([
      2,
      expect.stringContaining("required option '--record <file>'"),
    ]);
  });
});
