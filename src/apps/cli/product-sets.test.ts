import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPersoline } from '../testing/run-persoline';

/** test-vectors/products: one set of each product, as `document build` made it. */

const root = join(__dirname, '../../..');
const place = join(root, 'test-vectors/products');
const { sets } = JSON.parse(readFileSync(join(place, 'index.json'), 'utf8')) as {
  sets: readonly { readonly product: string; readonly at: string; readonly sha256: string }[];
};

test('there is a set of every product but that of the training course', () => {
  const shipped = readdirSync(join(root, 'card-profiles/products')).map((file) =>
    file.replace('.yaml', ''),
  );
  const expected = shipped.filter((name) => name !== 'training-td1').toSorted();
  expect(sets.map(({ product }) => product)).toEqual(expected);
});

test.each(sets)('$product is inspected clean, without any warning', async (set) => {
  const folder = join(place, set.product);
  const digest = createHash('sha256');
  for (const name of readdirSync(folder).toSorted()) {
    digest.update(name).update(readFileSync(join(folder, name)));
  }
  expect(digest.digest('hex')).toBe(set.sha256);
  const files = ['--files', folder, '--csca', join(folder, 'CSCA.cer'), '--at', set.at];
  const { status, out } = await runPersoline('card', 'inspect', ...files, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    verdict: 'pass',
    counts: { fail: 0, warning: 0, note: 0 },
  });
  expect(await runPersoline('lint', folder, '--at', set.at, '--strict')).toMatchObject({
    status: 0,
  });
});
