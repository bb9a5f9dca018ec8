import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePersolineHome, persolineHome } from './home';

const before = { ...process.env };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-home-'));
});
afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

test('the environment names it, or the folder that it lies in', () => {
  process.env['PERSOLINE_HOME'] = '/srv/line';
  expect(persolineHome()).toBe('/srv/line');
  process.env['PERSOLINE_HOME'] = '';
  process.env['XDG_DATA_HOME'] = '/srv/data';
  expect(persolineHome()).toBe('/srv/data/persoline');
});

test('it is made so that the user of the database may enter it', async () => {
  const home = join(folder, 'new', 'home');
  process.env['PERSOLINE_HOME'] = home;
  expect(await makePersolineHome()).toBe(home);
  expect((await stat(home)).mode & 0o111).toBe(0o111);
});

test('a file in its place is told', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  process.env['PERSOLINE_HOME'] = file;
  await expect(makePersolineHome()).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    place: file,
  });
});
