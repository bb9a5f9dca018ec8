import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPcscdSandbox, type PcscdSandbox } from '../../adapters/pcsc/sandbox/pcscd-sandbox';
import { makeSoftHsmToken } from '../../adapters/pkcs11/testing/soft-hsm-token';
import { decodeAscii } from '../../standards/bytes/text';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

/** The built command line, as operators run it, against a pcscd of its own. */
const ROOT = join(__dirname, '../../..');
const MAIN = join(ROOT, 'dist/src/apps/main.js');
const APPLICATION = '00A4040C07A0000002471001';

let folder: string;
let sandbox: PcscdSandbox;
let readersUsed = 0;

beforeAll(async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  folder = await mkdtemp(join(tmpdir(), 'persoline-pcsc-'));
  sandbox = await startPcscdSandbox({ readers: 6 });
  const init = ['key', 'init', '--keys', join(folder, 'keys'), '--country', 'VN', '--state', 'VNM'];
  expect((await runPersoline(...init)).status).toBe(0);
}, 180_000);
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

function persoline(...argv: readonly string[]) {
  return sandbox.run(process.execPath, [MAIN, ...argv]);
}

/** A blank chip in a reader of its own. */
async function simulate(chip: string): Promise<string> {
  const reader = sandbox.readers[readersUsed++ % sandbox.readers.length];
  if (reader === undefined) throw new Error('the sandbox has no readers');
  sandbox.start(process.execPath, [
    MAIN,
    'card',
    'simulate',
    '--chip',
    chip,
    '--port',
    String(reader.port),
  ]);
  const there = await persoline('card', 'identify', '--reader', reader.name, '--wait', '60');
  expect([there.status, there.stdout]).toEqual([0, expect.stringContaining(chip)]);
  return reader.name;
}

/** What opens the chip, from its own files: `NUMBER,YYMMDD,YYMMDD` of a TD1. */
async function mrzKeyOf(document: string): Promise<string> {
  const mrz = decodeAscii((await readFile(join(document, 'EF.DG1.bin'))).subarray(5));
  return [mrz.slice(5, 14), mrz.slice(30, 36), mrz.slice(38, 44)].join(',');
}

test.each([
  ['passport-applet', 'BAC', 'BAC'],
  ['passport-applet-pace', 'PACE with MRZ', 'PACE with CAN'],
  ['gp-emrtd', 'PACE with MRZ', 'PACE with CAN'],
])(
  '%s: simulated, encoded, inspected, refused with a wrong MRZ and a second time',
  async (chip, byMrz, byCan) => {
    const document = join(folder, chip);
    const record = await writeSpecimen(
      join(folder, `${chip}-record`),
      inventSpecimen('vn-cccd-2021'),
    );
    const build = [
      '--record',
      record,
      '--profile',
      'vn-cccd-2021',
      '--chip',
      chip,
      '--out',
      document,
    ];
    expect(
      (await runPersoline('document', 'build', ...build, '--keys', join(folder, 'keys'))).status,
    ).toBe(0);
    const reader = await simulate(chip);

    const blank = await sandbox.run('opensc-tool', [
      '--reader',
      reader,
      '--send-apdu',
      APPLICATION,
    ]);
    expect(blank.stdout).toContain('SW1=0x90, SW2=0x00');

    const encode = [
      'card',
      'encode',
      '--reader',
      reader,
      '--document',
      document,
      '--profile',
      'vn-cccd-2021',
      '--chip',
      chip,
      '--keys',
      join(folder, 'keys'),
    ];
    expect(await persoline(...encode)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/locked\. Good/) as string,
    });

    const csca = ['--csca', join(document, 'CSCA.cer')];
    const inspect = ['card', 'inspect', '--reader', reader, ...csca, '--expect', document];
    const key = await mrzKeyOf(document);
    const read = await persoline(...inspect, '--mrz-key', key);
    expect([read.status, read.stdout]).toEqual([0, expect.stringContaining(`Access: ${byMrz}`)]);
    if (byCan !== 'BAC') {
      const { can } = JSON.parse(await readFile(join(document, 'chip-secrets.json'), 'utf8')) as {
        can: string;
      };
      const opened = await persoline(...inspect, '--can', can);
      expect([opened.status, opened.stdout]).toEqual([
        0,
        expect.stringContaining(`Access: ${byCan}`),
      ]);
    }
    const wrong = await persoline(...inspect, '--mrz-key', '123456789,900101,300101');
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('error: CARD_ACCESS_DENIED: '),
    ]);
    expect(wrong.stderr).not.toContain('123456789');

    const again = await persoline(...encode);
    expect([again.status, again.stderr]).toEqual([
      1,
      expect.stringContaining('error: CARD_NOT_BLANK: '),
    ]);
  },
  180_000,
);

test('a GlobalPlatform card is written with keys that are in a PKCS #11 token', async () => {
  const token = await makeSoftHsmToken();
  try {
    const [keys, pin, document] = ['token-keys', 'token-pin', 'token-document'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(pin, token.pin, { mode: 0o600 });
    const place = ['--keys', keys, '--pin-file', pin];
    const module = ['--pkcs11-module', token.modulePath, '--pkcs11-token', token.tokenLabel];
    const init = ['key', 'init', ...place, ...module, '--hsm', 'pkcs11'];
    expect((await runPersoline(...init, '--country', 'VN', '--state', 'VNM')).status).toBe(0);
    const product = ['--profile', 'vn-cccd-2021', '--chip', 'gp-emrtd'];
    const record = await writeSpecimen(
      join(folder, 'token-record'),
      inventSpecimen('vn-cccd-2021'),
    );
    const build = ['document', 'build', '--record', record, ...product, '--out', document];
    expect((await runPersoline(...build, ...place)).status).toBe(0);
    const reader = await simulate('gp-emrtd');
    // Test keys: where cards count nothing is written with them.
    const encode = ['card', 'encode', '--reader', reader, '--document', document, ...product];
    const env = { SOFTHSM2_CONF: token.configuration };
    const production = { ...env, PERSOLINE_MODE: 'production' };
    expect(
      await sandbox.run(process.execPath, [MAIN, ...encode, ...place], production),
    ).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('KEYS_NOT_FOR_PRODUCTION') as string,
    });
    expect(await sandbox.run(process.execPath, [MAIN, ...encode, ...place], env)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/locked\. Good/) as string,
    });
  } finally {
    await token.remove();
  }
}, 180_000);

test('a reader without a card and a reader that is not there', async () => {
  const empty = sandbox.readers.at(-1)?.name ?? '';
  const identify = ['card', 'identify', '--wait', '1', '--reader'];
  expect(await persoline(...identify, empty)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('error: READER_NO_CARD: ') as string,
  });
  expect(await persoline(...identify, 'nothing')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('error: READER_NONE: ') as string,
  });
}, 60_000);
