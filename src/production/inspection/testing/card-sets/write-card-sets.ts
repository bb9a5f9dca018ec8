import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../check-registry';
import { BAD_SETS } from './bad-sets';
import type { CardSet } from './card-set';
import { GOOD_SETS } from './good-sets';

/**
 * Writes every good and every bad set to a folder of its own, with an index that says what must
 * be found. Contents are the same in every run; keys and signatures are fresh, and the keys end
 * with this program.
 *
 * Run by scripts/make-card-sets.
 */
async function writeCardSets(root: string): Promise<void> {
  for (const kind of ['good', 'bad']) rmSync(join(root, kind), { recursive: true, force: true });
  const good = [];
  for (const { id, words, warnings, make } of GOOD_SETS) {
    const written = writeSet(join(root, 'good', id), await make());
    good.push({ id, words, ...(warnings && { warnings }), ...written });
  }
  const bad = [];
  for (const { make, ...row } of BAD_SETS) {
    const clause = CHECKS.find(({ id }) => id === row.check)?.clause;
    bad.push({ ...row, clause, ...writeSet(join(root, 'bad', row.id), await make()) });
  }
  writeIndex(root, 'good', good);
  writeIndex(root, 'bad', bad);
}

/** The index of a folder, and its hash in the manifest of all vectors. */
function writeIndex(root: string, kind: string, sets: readonly object[]): void {
  const file = `${kind}/index.json`;
  const text = asJson({ sets });
  writeFileSync(join(root, file), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const manifest = join(root, 'manifest.json');
  const rows = JSON.parse(readFileSync(manifest, 'utf8')) as readonly { readonly file: string }[];
  writeFileSync(
    manifest,
    asJson(rows.map((row) => (row.file === file ? { ...row, sha256 } : row))),
  );
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function writeSet(folder: string, { files, csca, crl, at }: CardSet) {
  mkdirSync(folder, { recursive: true });
  const parts: [string, Uint8Array][] = [
    ...[...files].map(([name, bytes]): [string, Uint8Array] => [`${name}.bin`, bytes]),
    ['CSCA.cer', csca],
    ...(crl === undefined ? [] : ([['CSCA.crl', crl]] as [string, Uint8Array][])),
  ];
  const digest = createHash('sha256');
  for (const [name, bytes] of parts.toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    writeFileSync(join(folder, name), bytes);
    digest.update(name).update(bytes);
  }
  return { at: at.toISOString(), sha256: digest.digest('hex') };
}

void writeCardSets(process.argv[2] ?? 'test-vectors');
