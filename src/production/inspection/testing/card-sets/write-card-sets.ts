import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../check-registry';
import { BAD_SETS } from './bad-sets';
import type { CardSet } from './card-set';
import { GOOD_SETS } from './good-sets';

/** Of a set that was written: for which day it is judged, and the hash of its files. */
interface Written {
  readonly id: string;
  readonly at: string;
  readonly sha256: string;
}

/**
 * Writes the good and bad sets that are not there yet, or with `all` every one, to a folder of its
 * own each, with an index that says what must be found; a set that is no longer defined goes away.
 * Contents are the same in every run; keys and signatures are fresh, and the keys end with this
 * program.
 *
 * Run by scripts/make-card-sets.
 */
async function writeCardSets(root: string, all: boolean): Promise<void> {
  const good = new SetFolder(root, 'good', all);
  for (const { id, words, warnings, make } of GOOD_SETS) {
    good.add({ id, words, ...(warnings && { warnings }) }, await good.place(id, make));
  }
  const bad = new SetFolder(root, 'bad', all);
  for (const { make, ...row } of BAD_SETS) {
    const clause = CHECKS.find(({ id }) => id === row.check)?.clause;
    bad.add({ ...row, clause }, await bad.place(row.id, make));
  }
  good.close();
  bad.close();
}

class SetFolder {
  private readonly folder: string;
  private readonly before: ReadonlyMap<string, Written>;
  private readonly rows: object[] = [];
  private readonly ids = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly kind: 'good' | 'bad',
    all: boolean,
  ) {
    this.folder = join(root, kind);
    const index = join(this.folder, 'index.json');
    const rows =
      !all && existsSync(index)
        ? (JSON.parse(readFileSync(index, 'utf8')) as { readonly sets: readonly Written[] }).sets
        : [];
    this.before = new Map(rows.map((row) => [row.id, row]));
  }

  /** The set as it is there, or written now. */
  async place(id: string, make: () => Promise<CardSet>): Promise<Omit<Written, 'id'>> {
    const there = this.before.get(id);
    const folder = join(this.folder, id);
    if (there !== undefined && existsSync(folder)) return { at: there.at, sha256: there.sha256 };
    rmSync(folder, { recursive: true, force: true });
    return writeSet(folder, await make());
  }

  add(
    row: { readonly id: string; readonly [member: string]: unknown },
    written: Omit<Written, 'id'>,
  ): void {
    this.ids.add(row.id);
    this.rows.push({ ...row, ...written });
  }

  /** The index, its hash in the manifest of all vectors, and nothing else in the folder. */
  close(): void {
    for (const name of readdirSync(this.folder)) {
      if (name !== 'index.json' && !this.ids.has(name)) {
        rmSync(join(this.folder, name), { recursive: true });
      }
    }
    const text = asJson({ sets: this.rows });
    writeFileSync(join(this.folder, 'index.json'), text);
    const file = `${this.kind}/index.json`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    const manifest = join(this.root, 'manifest.json');
    const rows = JSON.parse(readFileSync(manifest, 'utf8')) as readonly { readonly file: string }[];
    const updated = rows.map((row) => (row.file === file ? { ...row, sha256 } : row));
    writeFileSync(manifest, asJson(updated));
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function writeSet(folder: string, { files, csca, crl, at }: CardSet): Omit<Written, 'id'> {
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

void writeCardSets(process.argv[2] ?? 'test-vectors', process.argv.includes('--all'));
