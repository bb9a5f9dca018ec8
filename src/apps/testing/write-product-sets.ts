import { mkdtemp, readdir, readFile, rm, writeFile, cp, mkdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LDS_FILE_NAMES } from '../../production/document/lds-files';
import { runPersoline } from './run-persoline';
import { inventSpecimen, writeSpecimen } from './specimen-source';

/**
 * Writes one set of files for each product that is shipped, as `document build` makes it for an
 * invented holder, with keys that end with this program.
 *
 * Run by scripts/make-card-sets --all.
 */
async function writeProductSets(products: string, root: string): Promise<void> {
  const files = (await readdir(products)).map((file) => file.replace('.yaml', ''));
  // The card of the training course has a chip that can be copied, which is warned of with reason.
  const names = files.filter((name) => name !== 'training-td1').toSorted();
  const rows = [];
  for (const product of names) {
    const folder = await mkdtemp(join(tmpdir(), 'persoline-products-'));
    try {
      await build(product, folder);
      const sha256 = await keepFiles(join(folder, 'out'), join(root, product));
      rows.push({ product, at: new Date().toISOString(), sha256 });
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const text = asJson({ sets: rows });
  await writeFile(join(root, 'index.json'), text);
  await updateManifest(join(root, '../manifest.json'), text);
}

/** What the invented holder of another product lacks. */
const FURTHER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'vn-cancuoc-2024': { placeOfBirth: 'Thành phố Hà Nội' },
};

async function build(product: string, folder: string): Promise<void> {
  const person = inventSpecimen(product);
  const { issuingState } = person.record;
  const [keys, out] = [join(folder, 'keys'), join(folder, 'out')];
  const place = ['--country', issuingState.slice(0, 2), '--state', issuingState];
  await run('key', 'init', '--keys', keys, ...place);
  const record = await writeSpecimen(folder, person, { profile: product, ...FURTHER[product] });
  const named = ['--record', record, '--profile', product, '--out', out, '--keys', keys];
  await run('document', 'build', ...named);
}

async function run(...argv: readonly string[]): Promise<void> {
  const { status, err } = await runPersoline(...argv);
  if (status !== 0 || err.includes('warning: ')) throw new Error(`${argv.join(' ')}: ${err}`);
}

/** The elementary files and the CSCA; what else the command writes is not for others. */
async function keepFiles(from: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  const wanted = ['CSCA.cer', ...LDS_FILE_NAMES.map((name) => `${name}.bin`)];
  const there = (await readdir(from)).filter((name) => wanted.includes(name)).toSorted();
  const digest = createHash('sha256');
  for (const name of there) {
    await cp(join(from, name), join(to, name));
    digest.update(name).update(await readFile(join(to, name)));
  }
  return digest.digest('hex');
}

/** The hash of the index in the manifest of all vectors. */
async function updateManifest(file: string, index: string): Promise<void> {
  const rows = JSON.parse(await readFile(file, 'utf8')) as readonly { readonly file: string }[];
  const sha256 = createHash('sha256').update(index).digest('hex');
  const updated = rows.map((row) =>
    row.file === 'products/index.json' ? { ...row, sha256 } : row,
  );
  await writeFile(file, asJson(updated));
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

void writeProductSets(
  process.argv[2] ?? 'card-profiles/products',
  process.argv[3] ?? 'test-vectors/products',
);
