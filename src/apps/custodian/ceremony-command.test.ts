import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleCeremony } from '../../production/custody/ceremony/testing/sample-ceremony';
import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../../production/custody/four-eyes/custodian-key';
import type { Transcript } from '../../production/document/custody/transcript';
import { runPersoline } from '../testing/run-persoline';

const passphrase = 'bốn mắt nhìn một';
let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-ceremony-'));
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const people: PresentCustodian[] = [];
  for (const name of ['an', 'binh', 'chi']) {
    const { text } = await makeCustodianKey(name, passphrase, random);
    await writeFile(path(`${name}.json`), text);
    people.push(await openCustodianKey(text, passphrase, name));
  }
  await writeFile(path('passphrase'), passphrase);
  await writeFile(path('ceremony.yaml'), sampleCeremony(people));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const hold = (keys: string, ...more: readonly string[]) =>
  runPersoline(
    ...['key', 'ceremony', path('ceremony.yaml'), '--keys', path(keys), '--language', 'en'],
    ...['--passphrase-file', path('passphrase'), ...more],
  );
const inRoom = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => ['--confirm', path(`${name}.json`)]);

async function readTranscript(keys: string): Promise<Transcript> {
  return JSON.parse(await readFile(path(`${keys}.ceremony/transcript.json`), 'utf8')) as Transcript;
}

test('a ceremony after its rehearsal: the same file, the same steps, keys that sign', async () => {
  const rehearsal = await hold('practice', '--rehearse');
  expect(rehearsal).toMatchObject({ status: 0, err: '' });
  const live = await hold('keys', '--hsm', 'mock', ...inRoom('an', 'chi'));
  expect(live).toMatchObject({ status: 0, err: '' });
  const [before, after] = [await readTranscript('practice'), await readTranscript('keys')];
  expect([before.rehearsal, after.rehearsal]).toEqual([true, false]);
  expect(after.fileSha256).toBe(before.fileSha256);
  expect(after.steps.map(({ label }) => label)).toEqual(before.steps.map(({ label }) => label));
  expect(after.confirmations.map(({ custodian }) => custodian)).toEqual(['an', 'chi']);
  const certificate = spawnSync('openssl', [
    ...['x509', '-inform', 'DER', '-in', path('keys/DSC.cer'), '-noout', '-subject'],
  ]);
  expect(String(certificate.stdout)).toContain('Document signer Utopia 1');
  const pdf = await readFile(path('keys.ceremony/transcript.pdf'), 'latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  // The keys that came out of it work.
  const checkpoint = await runPersoline(
    'key',
    'init',
    '--keys',
    path('keys'),
    '--country',
    'UT',
    '--state',
    'UTO',
  );
  expect(checkpoint.err).toContain('OUTPUT_UNWRITABLE');
}, 60_000);

test('too few in the room: nothing is made, and the same command goes on later', async () => {
  const alone = await hold('later', '--hsm', 'mock', ...inRoom('an'));
  expect(alone).toMatchObject({ status: 1 });
  expect(alone.err).toContain('1 of 2 confirmed');
  const together = await hold('later', '--hsm', 'mock', ...inRoom('an', 'binh'));
  expect(together.status).toBe(0);
  expect(together.out).toContain('Resumed a ceremony that was begun before');
  expect((await readTranscript('later')).interruptions).toHaveLength(1);
}, 60_000);

test('production refuses a software HSM', async () => {
  process.env['PERSOLINE_MODE'] = 'production';
  try {
    const refused = await hold('production', '--hsm', 'mock', ...inRoom('an', 'binh'));
    expect(refused.err).toContain('KEYS_NOT_FOR_PRODUCTION');
  } finally {
    delete process.env['PERSOLINE_MODE'];
  }
});
