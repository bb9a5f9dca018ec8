import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import { chipKeyMaker } from './chip-key-maker';
import { ChipKeyPool } from './chip-key-pool';
import type { RsaKey } from './rsa-key-stock';
import { SealedKeyStock } from './sealed-key-stock';

const LABEL = 'storage';
const BITS = 1024;

let folder: string;
let hsm: Hsm;
let keys: readonly RsaKey[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-stock-'));
  await createToken({ directory: join(folder, 'hsm') }, 'stock');
  hsm = await openSoftwareHsm({ directory: join(folder, 'hsm'), pin: 'stock' });
  await hsm.generateSecretKey({ label: LABEL, purpose: 'storage-wrap' });
  keys = await Promise.all(Array.from({ length: 4 }, () => chipKeyMaker.makeRsa(BITS)));
});
afterAll(async () => {
  await hsm.close();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
function newPlace() {
  return { directory: join(folder, `stock-${count++}`), hsm, label: LABEL };
}
type Place = ReturnType<typeof newPlace>;

async function fill(place: Place): Promise<SealedKeyStock> {
  const stock = await SealedKeyStock.open(place);
  for (const key of keys) await stock.put(BITS, key);
  return stock;
}

async function takeAll(stock: SealedKeyStock): Promise<readonly string[]> {
  const taken: string[] = [];
  for (;;) {
    const key = await stock.take(BITS);
    if (key === undefined) return taken;
    taken.push(nameOf(key));
  }
}

const nameOf = ({ modulus }: RsaKey): string => Buffer.from(modulus).toString('hex');
const allNames = (): readonly string[] => keys.map(nameOf).toSorted();

test('keys wait for the next program, whole, and come out once', async () => {
  const place = newPlace();
  await fill(place);
  const again = await SealedKeyStock.open(place);
  expect([await again.count(BITS), await again.count(2048)]).toEqual([4, 0]);
  const first = await again.take(BITS);
  const same = keys.find(({ modulus }) => Buffer.from(modulus).equals(first?.modulus ?? modulus));
  expect(first).toEqual(same);
  expect(await takeAll(await SealedKeyStock.open(place))).toHaveLength(3);
  expect(await readdir(place.directory)).toEqual([]);
});

test('two programs at one stock never get the same key', async () => {
  const place = newPlace();
  await fill(place);
  const stocks = await Promise.all([SealedKeyStock.open(place), SealedKeyStock.open(place)]);
  const taken = await Promise.all(stocks.map(takeAll));
  expect(taken.flat().toSorted()).toEqual(allNames());
});

test('nothing of a private key stands on the disk', async () => {
  const place = newPlace();
  await fill(place);
  for (const name of await readdir(place.directory)) {
    const content = await readFile(join(place.directory, name));
    for (const { privateExponent } of keys) {
      expect(content.includes(Buffer.from(privateExponent.subarray(0, 16)))).toBe(false);
    }
  }
});

test('a key that was being taken when the program died is used by nobody', async () => {
  const place = newPlace();
  await fill(place);
  const [first = ''] = await readdir(place.directory);
  await rename(
    join(place.directory, first),
    join(place.directory, first.replace('.key', '.taken')),
  );
  expect(await takeAll(await SealedKeyStock.open(place))).toHaveLength(3);
});

test('what was changed, or is another key’s file, is set aside', async () => {
  const place = newPlace();
  const stock = await fill(place);
  const [first = '', second = ''] = (await readdir(place.directory)).toSorted();
  const path = join(place.directory, first);
  const sealed = await readFile(path);
  await writeFile(
    path,
    sealed.map((byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte)),
  );
  const foreign = join(place.directory, second.replace('rsa-1024', 'rsa-2048'));
  await rename(join(place.directory, second), foreign);
  expect(await takeAll(stock)).toHaveLength(2);
  expect(await stock.take(2048)).toBeUndefined();
  expect((await readdir(place.directory)).filter((name) => name.endsWith('.refused'))).toHaveLength(
    2,
  );
});

test('while the HSM is away the keys stay', async () => {
  const place = newPlace();
  await fill(place);
  const failing = {
    seal: hsm.seal.bind(hsm),
    open: () => Promise.reject(new ProductionError('HSM_FAILED', 'open')),
  };
  const stock = await SealedKeyStock.open({ ...place, hsm: failing });
  await expect(stock.take(BITS)).rejects.toMatchObject({ code: 'HSM_FAILED' });
  expect((await takeAll(await SealedKeyStock.open(place))).toSorted()).toEqual(allNames());
});

test('a folder that cannot be is said so', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const place = { directory: join(folder, 'a-file', 'stock'), hsm, label: LABEL };
  await expect(SealedKeyStock.open(place)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
});

test('a pool fills it, and the next program begins with what the last one left', async () => {
  const place = newPlace();
  let made = 0;
  const maker = {
    makeRsa: () => Promise.resolve(keys[made++ % keys.length]!),
    makeEc: (curve: string) => chipKeyMaker.makeEc(curve),
  };
  const pool = new ChipKeyPool(maker, { size: 3, stock: await SealedKeyStock.open(place) });
  await pool.makeRsa(BITS);
  await pool.settled();
  await pool.close();
  expect(made).toBe(4);
  const next = new ChipKeyPool(maker, { size: 3, stock: await SealedKeyStock.open(place) });
  expect(await next.waiting(BITS)).toBe(3);
  expect(nameOf(await next.makeRsa(BITS))).not.toBe('');
  await next.close();
  // One was taken, and one was made in its place.
  expect([made, await next.waiting(BITS)]).toEqual([5, 3]);
});
