import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSoftHsmToken, type SoftHsmToken } from '../../adapters/pkcs11/testing/soft-hsm-token';
import { type CliResult, runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

let folder: string;
let token: SoftHsmToken;
let keys: string;
let pinFile: string;
let place: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-pkcs11-'));
  token = await makeSoftHsmToken();
  keys = join(folder, 'keys');
  pinFile = join(folder, 'pin');
  await writeFile(pinFile, `${token.pin}\n`, { mode: 0o600 });
  place = ['--pkcs11-module', token.modulePath, '--pkcs11-token', token.tokenLabel];
  const init = await initKeys(keys, ...place, '--pin-file', pinFile);
  expect(init).toMatchObject({ status: 0 });
}, 60_000);
afterAll(async () => {
  await token.remove();
  await rm(folder, { recursive: true, force: true });
});

function initKeys(directory: string, ...more: readonly string[]): Promise<CliResult> {
  const named = ['--keys', directory, '--country', 'VN', '--state', 'VNM', '--hsm', 'pkcs11'];
  return runPersoline('key', 'init', ...named, ...more);
}

/** `document build` with these keys: opens the token and signs once. */
async function build(...more: readonly string[]): Promise<CliResult & { readonly out: string }> {
  const at = await mkdtemp(join(folder, 'case-'));
  const record = await writeSpecimen(at, inventSpecimen('vn-cccd-2021'));
  const out = join(at, 'out');
  const result = await runPersoline(
    ...['document', 'build', '--record', record, '--profile', 'vn-cccd-2021', '--out', out],
    ...['--keys', keys, ...more],
  );
  return { ...result, out };
}

async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return await work();
  } finally {
    process.env = before;
  }
}

test('a key directory says where its keys are, and holds neither keys nor PIN', async () => {
  expect((await readdir(keys)).sort()).toEqual(['CSCA.cer', 'DSC.cer', 'hsm.json', 'keys.json']);
  const site = await readFile(join(keys, 'hsm.json'), 'utf8');
  const { modulePath, tokenLabel, pin } = token;
  expect(JSON.parse(site)).toEqual({ hsm: 'pkcs11', modulePath, tokenLabel });
  expect(site).not.toContain(pin);
});

test('a document is signed in the token and judged good', async () => {
  const { status, err, out } = await build('--pin-file', pinFile);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const trust = join(out, 'CSCA.cer');
  const judged = await runPersoline('card', 'inspect', '--files', out, '--csca', trust);
  expect(judged.status).toBe(0);
});

test('holder data is sealed under the storage key of the token, and opened again', async () => {
  const home = await mkdtemp(join(folder, 'home-'));
  // The embedded server runs as another user where the tests are run as root.
  await chmod(folder, 0o755);
  await chmod(home, 0o777);
  const specimen = inventSpecimen('vn-cccd-2021');
  const source = await mkdtemp(join(folder, 'source-'));
  const record = await readFile(await writeSpecimen(source, specimen), 'utf8');
  await writeFile(join(source, 'records.ndjson'), `${JSON.stringify(JSON.parse(record))}\n`);
  const options = ['--keys', keys, '--pin-file', pinFile];
  await withEnvironment({ PERSOLINE_HOME: home }, async () => {
    const pulled = await runPersoline('record', 'pull', '--source', source, ...options);
    expect(pulled.status).toBe(0);
    const { recordId } = specimen.record;
    const shown = await runPersoline('record', 'show', recordId, '--unmasked', ...options);
    expect(shown.out).toContain(`dateOfBirth: ${specimen.record.dateOfBirth}`);
  });
}, 120_000);

describe('the PIN comes', () => {
  test.each([
    ['from the file that an option names', () => ['--pin-from', `file:${pinFile}`], {}],
    ['from an environment variable', () => ['--pin-from', 'env:P_TEST_PIN'], { P_TEST_PIN: 'PIN' }],
    ['from where the environment says', () => [], { PERSOLINE_PIN_FROM: 'env:P', P: 'PIN' }],
    ['from systemd', () => ['--pin-from', 'credential:hsm-pin'], { CREDENTIALS_DIRECTORY: 'DIR' }],
  ] as const)('%s', async (_, options, environment) => {
    const credentials = await mkdtemp(join(folder, 'credentials-'));
    await writeFile(join(credentials, 'hsm-pin'), token.pin);
    const values = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace(/^PIN$/, token.pin).replace(/^DIR$/, credentials),
      ]),
    );
    expect(await withEnvironment(values, () => build(...options()))).toMatchObject({ status: 0 });
  });

  test.each([
    ['from nowhere', [], /say with --pin-file or --pin-from/],
    ['from a terminal that is none', ['--pin-from', 'prompt'], /no terminal to ask at/],
    ['from a credential that systemd did not hand over', ['--pin-from', 'credential:x'], /systemd/],
    ['from an empty variable', ['--pin-from', 'env:P_NOT_SET'], /one line, the PIN/],
    [
      'as itself',
      ['--pin-from', '483920'],
      /file:PATH, env:NAME, credential:NAME, stdin or prompt/,
    ],
  ])('never %s', async (_, options, words) => {
    const { status, err } = await build(...options);
    expect(status).not.toBe(0);
    expect(err).toMatch(words);
    expect(err).not.toContain('483920');
  });

  test('never from a file with anything else in it', async () => {
    const file = join(folder, 'two-lines');
    await writeFile(file, `${token.pin}\nmore\n`);
    expect((await build('--pin-file', file)).err).toContain('one line, the PIN');
  });
});

test('module and token come from a site file too, and its options beat it', async () => {
  const site = join(folder, 'site.yaml');
  await writeFile(site, `hsm: pkcs11\nmodulePath: ${token.modulePath}\ntokenLabel: elsewhere\n`);
  const options = ['--hsm-site', site, '--pin-file', pinFile];
  expect((await build(...options)).err).toContain('there is no such token');
  expect((await build(...options, '--pkcs11-token', token.tokenLabel)).status).toBe(0);
});

test('says what is wrong with the token', async () => {
  const pin = ['--pin-file', pinFile];
  const missing = await build(...pin, '--pkcs11-module', '/nowhere/lib.so');
  expect(missing).toMatchObject({ status: 3 });
  expect(missing.err).toMatch(/HSM_FAILED.*\/nowhere\/lib\.so/);
  const wrong = join(folder, 'wrong-pin');
  await writeFile(wrong, '99999999');
  expect(await build('--pin-file', wrong)).toMatchObject({
    status: 3,
    err: expect.stringContaining('HSM_PIN_WRONG') as string,
  });
});

test('keys of these labels are never made twice', async () => {
  const second = join(folder, 'second');
  const { status, err } = await initKeys(second, ...place, '--pin-file', pinFile);
  expect(status).toBe(3);
  expect(err).toMatch(/key csca-1: it exists already/);
  expect(await readdir(folder)).not.toContain('second');
});

test('a token must be named, and production refuses the software HSM', async () => {
  const unnamed = await initKeys(join(folder, 'unnamed'), '--pin-file', pinFile);
  expect(unnamed).toMatchObject({ status: 2 });
  expect(unnamed.err).toMatch(/--pkcs11-module.*--pkcs11-token/);
  const mock = join(folder, 'mock');
  await mkdir(mock);
  await initKeys(mock, '--hsm', 'mock');
  await withEnvironment({ PERSOLINE_MODE: 'production' }, async () => {
    expect((await build('--keys', mock)).err).toContain('KEYS_NOT_FOR_PRODUCTION');
    expect(await build('--pin-file', pinFile)).toMatchObject({ status: 0 });
  });
});
