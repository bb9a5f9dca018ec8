import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfileFolder } from './profile-folder';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'));
  await mkdir(join(folder, 'products'));
});

afterEach(() => rm(folder, { recursive: true }));

test('lists and reads the files of a kind', async () => {
  await writeFile(join(folder, 'products', 'b-card.yaml'), 'product: b-card\n');
  await writeFile(join(folder, 'products', 'a-card.yaml'), 'product: a-card\n');
  await writeFile(join(folder, 'products', 'notes.txt'), 'not a profile');
  const source = openProfileFolder(folder);
  expect(await source.listProfiles('products')).toEqual(['a-card', 'b-card']);
  expect(await source.readProfile('products', 'a-card')).toEqual({
    text: 'product: a-card\n',
    file: join(folder, 'products', 'a-card.yaml'),
  });
});

test.each(['missing', '../products/a-card', 'A', ''])('there is no product %p', async (name) => {
  await writeFile(join(folder, 'products', 'a-card.yaml'), 'product: a-card\n');
  await expect(openProfileFolder(folder).readProfile('products', name)).rejects.toMatchObject({
    code: 'PROFILE_UNKNOWN',
    place: `product "${name}"`,
  });
});

test('a folder that is not there, a file that is none, and a file that is too large', async () => {
  const source = openProfileFolder(folder);
  await expect(source.listProfiles('chips')).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  await mkdir(join(folder, 'products', 'folder.yaml'));
  await expect(source.readProfile('products', 'folder')).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
  });
  await writeFile(join(folder, 'products', 'large.yaml'), 'x'.repeat(1024 * 1024 + 1));
  await expect(source.readProfile('products', 'large')).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
  });
});
