import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileSource } from '../../production/ports';
import { addProfileFiles } from './profile-files';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

const shipped: ProfileSource = {
  listProfiles: (kind) => Promise.resolve(kind === 'chips' ? ['old-chip'] : []),
  readProfile: (_kind, name) => Promise.resolve({ text: 'shipped', file: name }),
  readPackage: () => Promise.resolve(new Uint8Array()),
};

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('a file stands beside the others under the name that it gives itself', async () => {
  const path = await write('trial.yaml', '# trial\nchip: new-chip\n');
  const source = await addProfileFiles(shipped, [path]);
  expect(await source.listProfiles('chips')).toEqual(['new-chip', 'old-chip']);
  expect(await source.readProfile('chips', 'new-chip')).toMatchObject({ file: path });
  expect(await source.readProfile('chips', 'old-chip')).toMatchObject({ text: 'shipped' });
});

test('a file takes the place of the one that has its name', async () => {
  const path = await write('trial.yaml', "chip: 'old-chip'\n");
  const source = await addProfileFiles(shipped, [path]);
  expect(await source.listProfiles('chips')).toEqual(['old-chip']);
  expect(await source.readProfile('chips', 'old-chip')).toMatchObject({ file: path });
});

test('a product that names its face before itself is a product', async () => {
  const path = await write('trial.yaml', 'face: some-face\nproduct: new-product\n');
  const source = await addProfileFiles(shipped, [path]);
  expect(await source.listProfiles('products')).toEqual(['new-product']);
  expect(await source.listProfiles('faces')).toEqual([]);
});

test('of two files of one name none is passed over', async () => {
  const first = await write('first.yaml', 'chip: new-chip\n');
  const second = await write('second.yaml', 'chip: new-chip\n');
  await expect(addProfileFiles(shipped, [first, second])).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
    place: second,
    reasons: [`${first} has the same name`],
  });
});

test('a file that does not say what it is, and one that is not there', async () => {
  const nameless = await write('nameless.yaml', 'title: no kind\n');
  await expect(addProfileFiles(shipped, [nameless])).rejects.toMatchObject({
    code: 'PROFILE_INVALID',
    place: nameless,
  });
  await expect(addProfileFiles(shipped, [join(folder, 'none.yaml')])).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
  });
});
