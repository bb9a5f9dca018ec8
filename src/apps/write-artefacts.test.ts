import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOutputFolder, writeArtefacts } from './write-artefacts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-artefacts-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('artefacts stand where they belong, secrets are for their owner alone', async () => {
  const out = join(folder, 'new', 'deeper');
  await writeArtefacts(out, [
    { path: 'lds/EF.DG1.bin', content: Uint8Array.of(1, 2) },
    { path: 'chip-secrets.json', content: '{}', secret: true },
  ]);
  expect(new Uint8Array(await readFile(join(out, 'lds/EF.DG1.bin')))).toEqual(Uint8Array.of(1, 2));
  expect((await stat(join(out, 'chip-secrets.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'new'))).toEqual(['deeper']);
});

test('a second run replaces what the first left, and leaves foreign files alone', async () => {
  await writeArtefacts(folder, [
    { path: 'EF.DG1.bin', content: 'old' },
    { path: 'EF.DG11.bin', content: 'old' },
  ]);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await writeArtefacts(folder, [{ path: 'EF.DG1.bin', content: 'new' }]);
  expect((await readdir(folder)).sort()).toEqual(['EF.DG1.bin', 'notes.txt']);
  expect(await readFile(join(folder, 'EF.DG1.bin'), 'utf8')).toBe('new');
});

test('a folder that is closed is refused before anything is made', async () => {
  await chmod(folder, 0o500);
  // Root may write everywhere.
  const refused = process.getuid?.() === 0 ? undefined : { code: 'OUTPUT_UNWRITABLE' };
  const found = await checkOutputFolder(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
  await chmod(folder, 0o700);
  if (refused === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(refused);
});

test('a place that cannot be written is refused with its name', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(checkOutputFolder(file)).rejects.toThrow('is not a folder');
  await expect(writeArtefacts(file, [{ path: 'a', content: '' }])).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
});
