import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KeySet } from '../../production/document/key-set';
import {
  createKeyDirectory,
  readKeyDirectory,
  readKeyDirectoryPin,
  readKeyDirectoryToken,
  readTokenReference,
} from './key-directory';

const keys: KeySet = {
  country: 'UT',
  state: 'UTO',
  csca: { keyLabel: 'csca-1', algorithm: 'a', certificate: Uint8Array.of(1) },
  signers: [
    { keyLabel: 'dsc-1', algorithm: 'a', certificate: Uint8Array.of(2), csca: Uint8Array.of(1) },
    { keyLabel: 'dsc-2', algorithm: 'a', certificate: Uint8Array.of(3), csca: Uint8Array.of(1) },
  ],
  storageKeyLabel: 'storage-1',
};

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'persoline-keys-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const fill =
  (pin?: string) =>
  async (hsm: string): Promise<{ keys: KeySet; pin?: string }> => {
    await mkdir(hsm);
    await writeFile(join(hsm, 'token'), 'x');
    return { keys, ...(pin !== undefined && { pin }) };
  };

test('what was made is read back, with the PIN for its owner alone', async () => {
  const path = join(parent, 'K');
  expect(await createKeyDirectory(path, fill('1234'))).toEqual(keys);
  expect(await readKeyDirectory(path)).toEqual(keys);
  expect(await readKeyDirectoryPin(path)).toBe('1234');
  expect((await stat(join(path, 'pin'))).mode & 0o777).toBe(0o600);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  expect((await readdir(path)).toSorted()).toEqual(
    ['CSCA.cer', 'DSC-2.cer', 'DSC.cer', 'hsm', 'keys.json', 'pin'].toSorted(),
  );
  expect(await readFile(join(path, 'hsm', 'token'), 'utf8')).toBe('x');
  expect(await readdir(parent)).toEqual(['K']);
});

test('a PIN that is kept elsewhere is not there', async () => {
  const path = join(parent, 'K');
  await createKeyDirectory(path, fill());
  expect(await readKeyDirectoryPin(path)).toBeUndefined();
  expect(await readKeyDirectoryPin(join(parent, 'nowhere'))).toBeUndefined();
});

test('a directory with anything in it is never touched, an empty one is used', async () => {
  const path = join(parent, 'K');
  await mkdir(path);
  await createKeyDirectory(path, fill());
  const before = await readFile(join(path, 'keys.json'), 'utf8');
  await expect(createKeyDirectory(path, fill())).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
  expect(await readFile(join(path, 'keys.json'), 'utf8')).toBe(before);
  const file = join(parent, 'file');
  await writeFile(file, 'x');
  await expect(createKeyDirectory(file, fill())).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
  expect((await readdir(parent)).toSorted()).toEqual(['K', 'file']);
});

test('a failure in the middle leaves nothing', async () => {
  const path = join(parent, 'K');
  const failing = async (hsm: string): Promise<never> => {
    await mkdir(hsm);
    throw new Error('the HSM failed');
  };
  await expect(createKeyDirectory(path, failing)).rejects.toThrow('the HSM failed');
  expect(await readdir(parent)).toEqual([]);
});

test('of two that begin at the same time one wins', async () => {
  const path = join(parent, 'K');
  const outcomes = await Promise.allSettled([
    createKeyDirectory(path, fill('first')),
    createKeyDirectory(path, fill('second')),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const winner = outcomes[0].status === 'fulfilled' ? 'first' : 'second';
  expect(await readKeyDirectoryPin(path)).toBe(winner);
  expect(await readdir(parent)).toEqual(['K']);
});

test('what a killed process left is removed, what a running one makes is not', async () => {
  const path = join(parent, 'K');
  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
  const [left, running] = [`${path}.partial-${dead}-00`, `${path}.partial-${process.ppid}-00`];
  for (const folder of [left, running]) await mkdir(folder);
  await createKeyDirectory(path, fill());
  expect((await readdir(dirname(path))).toSorted()).toEqual(
    ['K', running.split('/').at(-1)].toSorted(),
  );
});

test('what is missing or wrong is named', async () => {
  const path = join(parent, 'K');
  await expect(readKeyDirectory(path)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  await createKeyDirectory(path, fill());
  const file = join(path, 'keys.json');
  const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...json, country: 'Utopia', extra: 1 }));
  await expect(readKeyDirectory(path)).rejects.toMatchObject({
    code: 'INPUT_MALFORMED',
    reasons: [
      'the whole must NOT have additional properties',
      '/country must match pattern "^[A-Z]{2}$"',
    ],
  });
  const outside = { ...json, csca: { keyLabel: 'c', algorithm: 'a', certificate: '../x.cer' } };
  await writeFile(file, JSON.stringify(outside));
  await expect(readKeyDirectory(path)).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
  await writeFile(file, 'no JSON');
  await expect(readKeyDirectory(path)).rejects.toMatchObject({ reasons: ['it is not JSON'] });
});

test('says which token has the keys, and holds no PIN then', async () => {
  const path = join(parent, 'K');
  const token = { modulePath: '/usr/lib/hsm.so', tokenLabel: 'line 1' };
  await createKeyDirectory(path, () => Promise.resolve({ keys, token }));
  expect(await readKeyDirectoryToken(path)).toEqual(token);
  expect(await readdir(path)).not.toContain('pin');
  const mock = join(parent, 'M');
  await createKeyDirectory(mock, fill());
  expect(await readKeyDirectoryToken(mock)).toBeUndefined();
});

test('a site file is YAML, and holds a module, a token and nothing else', async () => {
  const file = join(parent, 'site.yaml');
  await writeFile(file, 'hsm: pkcs11\nmodulePath: /usr/lib/hsm.so\n');
  expect(await readTokenReference(file)).toEqual({ modulePath: '/usr/lib/hsm.so' });
  await writeFile(file, 'hsm: pkcs11\nmodulePath: hsm.so\npin: "1234"\n');
  await expect(readTokenReference(file)).rejects.toMatchObject({
    code: 'INPUT_MALFORMED',
    reasons: [
      'the whole must NOT have additional properties',
      '/modulePath must match pattern "^/"',
    ],
  });
  await writeFile(file, '{');
  await expect(readTokenReference(file)).rejects.toMatchObject({ reasons: ['it is not YAML'] });
});
