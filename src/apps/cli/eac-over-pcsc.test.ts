import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPcscdSandbox, type PcscdSandbox } from '../../adapters/pcsc/sandbox/pcscd-sandbox';
import type { Cluster } from '../../adapters/postgres/cluster';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import { sampleCodestream, sampleWsq } from '../../standards/lds/testing/sample-pictures';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

/**
 * Fingers and irises from record to reader, by the commands that people type: custodians certify
 * terminals, a document is built and written with the CVCA, and terminals with other rights, keys
 * and days inspect it through pcscd.
 */
const ROOT = join(__dirname, '../../..');
const MAIN = join(ROOT, 'dist/src/apps/main.js');
const DAY_MS = 86_400_000;

let folder: string;
let sandbox: PcscdSandbox;
let cluster: Cluster;
let reader: string;
const before = { ...process.env };
const path = (...names: readonly string[]): string => join(folder, ...names);
const certificate = (name: string): string => path('cv', `${name}.cvcert`);
const day = (offset: number): string =>
  new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

beforeAll(async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  folder = await mkdtemp(join(tmpdir(), 'persoline-eac-'));
  cluster = await startEmbeddedPostgres();
  await migrateDatabase(cluster.connectionString);
  process.env['DATABASE_URL'] = cluster.connectionString;
  sandbox = await startPcscdSandbox({ readers: 1 });
  await run('key', 'init', '--keys', path('keys'), '--country', 'UT', '--state', 'UTO');
  await certifyTerminals();
  await buildDocument();
  reader = await encodeCard();
}, 240_000);
afterAll(async () => {
  process.env = before;
  await sandbox.stop();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...argv: readonly string[]): Promise<string> {
  const { status, out, err } = await runPersoline(...argv);
  expect(`${argv.join(' ')}: ${status} ${status === 0 ? '' : err}`).toBe(`${argv.join(' ')}: 0 `);
  return out;
}

async function certifyTerminals(): Promise<void> {
  const issue = (name: string, role: string, ...more: readonly string[]) =>
    run('terminal-pki', 'issue', name, '--role', role, ...more, ...KEYS(), '--out', path('cv'));
  const under = (...names: readonly string[]) =>
    names.flatMap((name) => ['--above', certificate(name)]);
  const both = ['--dg3', '--dg4'];
  const began = ['--from', day(-60)];
  await issue('UTCVCA00001', 'cvca', ...both, ...began);
  await issue('UTDV00001', 'dv', ...both, ...began, '--days', '90', ...under('UTCVCA00001'));
  const chain = under('UTCVCA00001', 'UTDV00001');
  await issue('UTISALL00001', 'terminal', ...both, ...chain);
  await issue('UTISIRIS00001', 'terminal', '--dg4', ...chain);
  await issue('UTISOLD00001', 'terminal', ...both, ...began, '--days', '30', ...chain);
  await issue('UTCVCA00002', 'cvca', ...both, ...under('UTCVCA00001'));
  await issue('UTDV00002', 'dv', ...both, ...under('UTCVCA00001', 'UTCVCA00002'));
  const newChain = under('UTCVCA00001', 'UTCVCA00002', 'UTDV00002');
  await issue('UTISNEW00001', 'terminal', ...both, ...newChain);
}

const KEYS = (): readonly string[] => ['--keys', path('keys')];

async function buildDocument(): Promise<void> {
  const person = inventSpecimen('icao-td3-passport');
  const record = await writeSpecimen(path('record'), person, {
    fingerprints: [{ position: 'right-index', file: 'finger.wsq' }],
    irises: [{ eye: 'left', file: 'iris.jp2', takenOn: '2026-03-09' }],
  });
  await writeFile(path('record', 'finger.wsq'), sampleWsq({ widthPx: 300, heightPx: 400 }));
  const iris = sampleCodestream({ widthPx: 640, heightPx: 480 });
  await writeFile(path('record', 'iris.jp2'), iris);
  const what = ['--record', record, '--profile', 'icao-td3-passport', '--chip', 'gp-emrtd'];
  const cvca = ['--cvca', certificate('UTCVCA00001')];
  await run('document', 'build', ...what, ...cvca, ...KEYS(), '--out', path('document'));
}

/** The document on a chip of its own, and the reader that it lies in. */
async function encodeCard(): Promise<string> {
  const [reader] = sandbox.readers;
  if (reader === undefined) throw new Error('the sandbox has no reader');
  const simulate = ['card', 'simulate', '--chip', 'gp-emrtd', '--port', String(reader.port)];
  sandbox.start(process.execPath, [MAIN, ...simulate]);
  const there = await persoline('card', 'identify', '--reader', reader.name, '--wait', '60');
  expect(there.status).toBe(0);
  const encode = ['card', 'encode', '--reader', reader.name, '--document', path('document')];
  const profile = ['--profile', 'icao-td3-passport', '--chip', 'gp-emrtd'];
  const encoded = await persoline(...encode, ...profile, ...KEYS());
  expect([encoded.status, encoded.stderr.replace(/card .*: [\w-]+\n/g, '')]).toEqual([0, '']);
  return reader.name;
}

function persoline(...argv: readonly string[]) {
  return sandbox.run(process.execPath, [MAIN, ...argv]);
}

interface Judged {
  readonly files: readonly { readonly name: string }[];
  readonly checks: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly file?: string;
    readonly found?: string;
    readonly reason?: { readonly en: string };
  }[];
}

/** `card inspect` with the CAN by reference, as JSON. */
async function inspect(reader: string, ...more: readonly string[]) {
  const { can } = JSON.parse(await readFile(path('document', 'chip-secrets.json'), 'utf8')) as {
    can: string;
  };
  await writeFile(path('can'), can);
  const judge = ['--csca', path('document', 'CSCA.cer'), '--expect', path('document')];
  const access = ['--can-from', `file:${path('can')}`];
  const inspected = ['card', 'inspect', '--reader', reader, ...access, ...judge, '--json'];
  const { stdout, stderr } = await persoline(...inspected, ...more);
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Judged;
  const names = report.files.map(({ name }) => name);
  return {
    report,
    opened: names.filter((name) => /^EF.DG[34]$/.test(name)),
    failed: report.checks.filter(({ outcome }) => outcome === 'fail'),
    reasons: report.checks.flatMap(({ outcome, reason }) =>
      outcome === 'not-checked' || outcome === 'note' ? [reason?.en ?? ''] : [],
    ),
  };
}

/** Certificates by name, and the terminal's key where custodians made it: in the HSM. */
const shown = (...names: readonly string[]): readonly string[] => [
  ...names.flatMap((name) => ['--terminal-certificate', certificate(name)]),
  ...KEYS(),
];

test('a terminal reads what its certificates allow, and the report says why no more', async () => {
  const plain = await inspect(reader);
  expect([plain.opened, plain.failed]).toEqual([[], []]);
  expect(plain.reasons).toEqual(
    expect.arrayContaining([
      'EF.DG3 needs Terminal Authentication and was not read.',
      'EF.DG4 needs Terminal Authentication and was not read.',
    ]),
  );

  const full = await inspect(reader, ...shown('UTISALL00001', 'UTDV00001'));
  expect([full.opened, full.failed]).toEqual([['EF.DG3', 'EF.DG4'], []]);
  for (const file of ['EF.DG3', 'EF.DG4', 'EF.CVCA']) {
    expect(full.report.checks).toContainEqual(
      expect.objectContaining({ id: 'persoline:compare/file', file, outcome: 'pass' }),
    );
  }
  expect(full.report.checks).toContainEqual(
    expect.objectContaining({ id: 'TR3.2:ISO7816_K/terminal', found: 'UTISALL00001' }),
  );

  const half = await inspect(reader, ...shown('UTISIRIS00001', 'UTDV00001'));
  expect([half.opened, half.failed]).toEqual([['EF.DG4'], []]);
  expect(half.reasons).toContain('The certificates of the terminal give no right to read EF.DG3.');
}, 180_000);

test('an expired terminal and one with another key stay out', async () => {
  const old = await inspect(reader, ...shown('UTISOLD00001', 'UTDV00001'));
  expect([old.opened, old.failed]).toEqual([[], []]);
  expect(old.reasons.join('\n')).toMatch(/did not accept .*6300.*Expired by now: UTISOLD00001/);

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
  await writeFile(path('other.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const named = ['UTISALL00001', 'UTDV00001'].map(certificate);
  const wrongKey = await runPersoline(
    ...['card', 'inspect', '--reader', reader, '--can', '000000'],
    ...named.flatMap((file) => ['--terminal-certificate', file]),
    ...['--terminal-key', path('other.pem')],
  );
  expect([wrongKey.status, wrongKey.err]).toEqual([
    1,
    expect.stringContaining('it is not the key of the terminal certificate UTISALL00001'),
  ]);
}, 180_000);

test('a link certificate leads to the next CVCA, once and for all', async () => {
  const chainless = await inspect(reader, ...shown('UTISNEW00001', 'UTDV00002'));
  expect([chainless.opened, chainless.failed]).toEqual([[], []]);
  expect(chainless.reasons.join('\n')).toContain('no certificate chain leads from a key');
  const linked = await inspect(reader, ...shown('UTISNEW00001', 'UTDV00002', 'UTCVCA00002'));
  expect([linked.opened, linked.failed]).toEqual([['EF.DG3', 'EF.DG4'], []]);
  const later = await inspect(reader, ...shown('UTISNEW00001', 'UTDV00002'));
  expect([later.opened, later.failed]).toEqual([['EF.DG3', 'EF.DG4'], []]);
  expect(later.reasons).toContain(
    'The chip has taken a link certificate: EF.CVCA names a newer CVCA.',
  );
}, 180_000);
