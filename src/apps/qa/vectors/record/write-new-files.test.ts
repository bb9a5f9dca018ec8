import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNewFiles } from './write-new-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-new-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = ['a', 'b', 'c'].map((name) => ({ name: `${name}.json`, content: name }));

test('all files come into a folder that is made for them', async () => {
  const place = join(folder, 'deep', 'er');
  await writeNewFiles(place, files);
  expect((await readdir(place)).sort()).toEqual(['a.json', 'b.json', 'c.json']);
  expect(await readFile(join(place, 'b.json'), 'utf8')).toBe('b');
});

test('where one of them is there already nothing is written, and it stays as it was', async () => {
  await writeFile(join(folder, 'b.json'), 'mine');
  await expect(writeNewFiles(folder, files)).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    place: join(folder, 'b.json'),
    reasons: ['it is there already and is not written over'],
  });
  expect(await readdir(folder)).toEqual(['b.json']);
  expect(await readFile(join(folder, 'b.json'), 'utf8')).toBe('mine');
});

test('a file in the place of the folder is named', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(writeNewFiles(file, files)).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    place: file,
  });
});
