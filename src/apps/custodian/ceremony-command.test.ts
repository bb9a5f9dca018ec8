import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import type { Cluster } from '../../adapters/postgres/cluster';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import { LATER_STEPS } from '../../production/custody/ceremony/testing/later-ceremony';
import { sampleCeremony } from '../../production/custody/ceremony/testing/sample-ceremony';
import {
  openCustodianKey,
  type PresentCustodian,
} from '../../production/custody/four-eyes/custodian-key';
import type { Transcript } from '../../production/document/custody/transcript';
import { runPersoline } from '../testing/run-persoline';

const passphrase = 'bốn mắt nhìn một';
let cluster: Cluster;
let folder: string;
const saved = process.env['DATABASE_URL'];
const path = (name: string): string => join(folder, name);
const people: PresentCustodian[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-ceremony-'));
  cluster = await startEmbeddedPostgres();
  await migrateDatabase(cluster.connectionString);
  process.env['DATABASE_URL'] = cluster.connectionString;
  await writeFile(path('passphrase'), passphrase);
  const secret = ['--passphrase-file', path('passphrase')];
  for (const name of ['an', 'binh', 'chi', 'dung']) {
    const file = path(`${name}.json`);
    await runPersoline('custodian', 'enroll', name, '--key-file', file, ...secret);
    people.push(await openCustodianKey(await readFile(file, 'utf8'), passphrase, name));
  }
  expect((await runPersoline('custodian', 'found')).status).toBe(0);
  await writeCeremony('ceremony.yaml', { name: 'founding' });
}, 120_000);
afterAll(async () => {
  if (saved === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = saved;
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

const writeCeremony = (file: string, what: Parameters<typeof sampleCeremony>[1]): Promise<void> =>
  writeFile(path(file), sampleCeremony(people.slice(0, 3), what));
const hold = (file: string, keys: string, ...more: readonly string[]) =>
  runPersoline(
    ...['key', 'ceremony', path(file), '--keys', path(keys), '--language', 'en'],
    ...['--passphrase-file', path('passphrase'), ...more],
  );
const inRoom = (...names: readonly string[]): readonly string[] => [
  ...['--request', path('dung.json')],
  ...names.flatMap((name) => ['--confirm', path(`${name}.json`)]),
];

async function readTranscript(name: string): Promise<Transcript> {
  const text = await readFile(path(`keys.ceremony/${name}/transcript.json`), 'utf8');
  return JSON.parse(text) as Transcript;
}

test('too few in the room: nothing is made, and the same command goes on later', async () => {
  const nobody = await hold('ceremony.yaml', 'keys', '--hsm', 'mock');
  expect(nobody).toMatchObject({ status: 1 });
  expect(nobody.err).toContain('dung has not requested it');
  const alone = await hold('ceremony.yaml', 'keys', '--hsm', 'mock', ...inRoom('an'));
  expect(alone).toMatchObject({ status: 1 });
  expect(alone.err).toContain('it has 1 of 2 approvals');
  expect((await readdir(folder)).filter((name) => name.startsWith('keys'))).toEqual([]);
}, 60_000);

test('a ceremony after its rehearsal: the same file, the same steps, keys that sign', async () => {
  const rehearsal = await hold('ceremony.yaml', 'keys', '--rehearse');
  expect(rehearsal).toMatchObject({ status: 0, err: '' });
  // Requested and half confirmed before: the rest confirms from elsewhere.
  const [proposals] = [await runPersoline('custodian', 'proposals', '--json')];
  const [{ proposalId }] = JSON.parse(proposals.out) as [{ readonly proposalId: number }];
  const approve = ['custodian', 'approve', String(proposalId), '--as', path('chi.json')];
  await runPersoline(...approve, '--passphrase-file', path('passphrase'));
  const live = await hold('ceremony.yaml', 'keys', '--hsm', 'mock');
  expect(live).toMatchObject({ status: 0, err: '' });
  const before = await readTranscript('founding.rehearsal');
  const after = await readTranscript('founding');
  expect([before.rehearsal, after.rehearsal]).toEqual([true, false]);
  expect(after.fileSha256).toBe(before.fileSha256);
  expect(after.steps.map(({ text }) => text)).toEqual(before.steps.map(({ text }) => text));
  expect(after.approval.confirmations.map(({ custodian }) => custodian)).toEqual(['an', 'chi']);
  const certificate = spawnSync('openssl', [
    ...['x509', '-inform', 'DER', '-in', path('keys/DSC.cer'), '-noout', '-subject'],
  ]);
  expect(String(certificate.stdout)).toContain('Document signer Utopia 1');
  const pdf = await readFile(path('keys.ceremony/founding/transcript.pdf'), 'latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  // The same command again finds it done; the key directory is there and stays.
  expect((await hold('ceremony.yaml', 'keys', '--hsm', 'mock')).err).toContain('OUTPUT_UNWRITABLE');
  expect((await runPersoline('key', 'status')).out).toContain('DSC 1: waiting');
}, 60_000);

test('what comes later is a ceremony too, with its rehearsal on stand-ins of the keys there are', async () => {
  await writeCeremony('later.yaml', { name: 'later', steps: LATER_STEPS });
  const rehearsal = await hold('later.yaml', 'keys', '--rehearse', '--confirm', path('an.json'));
  expect(rehearsal).toMatchObject({ status: 0, err: '' });
  expect((await runPersoline('key', 'status')).out).toContain('DSC 1: waiting');
  const propose = ['custodian', 'propose', 'hold-ceremony', '--ceremony', path('later.yaml')];
  const secret = ['--passphrase-file', path('passphrase')];
  const asked = await runPersoline(...propose, '--as', path('dung.json'), ...secret);
  expect(asked.out).toMatch(/^proposal \d+: [0-9A-F]{64}$/);
  const live = await hold('later.yaml', 'keys', ...inRoom('an', 'binh'));
  expect(live).toMatchObject({ status: 0, err: '' });
  const [before, after] = [await readTranscript('later.rehearsal'), await readTranscript('later')];
  expect(after.steps.map(({ text }) => text)).toEqual(before.steps.map(({ text }) => text));
  expect(before.approval.confirmations.map(({ custodian }) => custodian)).toEqual(['an']);
  const files = await readdir(path('keys.ceremony/later'));
  for (const name of ['csca-2.cer', 'csca-2.link.cer', 'dsc-gov-1.p10', 'ml-1.cer', 'UTO.crl']) {
    expect(files).toContain(name);
  }
  const { out } = await runPersoline('key', 'status');
  expect(out).toContain('DSC 1: revoked (retired)');
  expect(out).toContain('DSC 2: waiting, 0 of 1000 signatures');
  expect(out).toContain('CSCA 3: publication to pkd is not confirmed');
}, 60_000);

test('production refuses a software HSM', async () => {
  await writeCeremony('other.yaml', { name: 'other' });
  process.env['PERSOLINE_MODE'] = 'production';
  try {
    const refused = await hold(
      'other.yaml',
      'production',
      '--hsm',
      'mock',
      ...inRoom('an', 'binh'),
    );
    expect(refused.err).toContain('KEYS_NOT_FOR_PRODUCTION');
  } finally {
    delete process.env['PERSOLINE_MODE'];
  }
});
