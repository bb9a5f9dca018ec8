import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ERRORS } from './production/errors';

/** The house rules of docs/style that no linter knows. */

const root = join(__dirname, '..');
const sources = listFiles(join(root, 'src'))
  .concat(listFiles(join(root, 'hsm-mock')))
  .filter((file) => file.endsWith('.ts'));
const product = sources.filter((file) => !file.endsWith('.test.ts') && !file.includes('/testing/'));

describe('files', () => {
  test.each(names(product))('%s has at most 400 lines', (name) => {
    expect(read(name).split('\n').length).toBeLessThanOrEqual(401);
  });

  test.each(names(sources))('%s is named in kebab case and is no barrel', (name) => {
    const base = name.split('/').at(-1) ?? '';
    expect(base).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.vectors)?(\.test|\.d)?\.ts$/);
    expect(base).not.toMatch(/^(index|utils|helpers|common|manager)\.ts$/);
  });

  test('the median of all files has at most 120 lines', () => {
    const lengths = names(product)
      .map((name) => read(name).split('\n').length)
      .sort((left, right) => left - right);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
  });
});

describe('the standards room', () => {
  const standards = names(product).filter((name) => name.startsWith('src/standards/'));

  test.each(standards.filter((name) => !name.includes('/bytes/')))(
    '%s cites a specification',
    (name) => {
      expect(read(name)).toMatch(/\[[A-Z0-9][A-Za-z0-9 .-]*( §[^\]]+)?\]/);
    },
  );

  test('every specification that is cited stands in docs/specs.md', () => {
    const known = readFileSync(join(root, 'docs/specs.md'), 'utf8');
    const cited = new Set<string>();
    for (const name of names(product)) {
      for (const match of read(name).matchAll(
        /\[((?:ISO |RFC |SP |TR-|FIPS |GPC|PKCS |X\.|SEC|AIM |93)[^\]\n]*?) §[^\]]+\]/g,
      )) {
        for (const one of (match[1] ?? '').split(/[;,] /)) cited.add(one.trim());
      }
    }
    expect([...cited].filter((spec) => !known.includes(`\`${spec}\``))).toEqual([]);
  });
});

describe('errors', () => {
  const docs = readFileSync(join(root, 'docs/errors.md'), 'utf8');

  test.each(Object.entries(ERRORS))(
    '%s stands in docs/errors.md as it is in the code',
    (code, entry) => {
      expect(docs).toContain(`### ${code}\n\n${entry.vi}. *`);
      expect(docs.toLowerCase()).toContain(entry.en.toLowerCase());
      expect(docs).toContain(`hint: ${entry.hint}\n`);
    },
  );
});

describe('the map', () => {
  test('src/README.md names every folder of src', () => {
    const map = readFileSync(join(root, 'src/README.md'), 'utf8');
    const folders = ['standards', 'production', 'adapters', 'apps', 'simulation'].flatMap((room) =>
      readdirSync(join(root, 'src', room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
        .map((entry) => `${entry.name}/`),
    );
    expect(folders.filter((folder) => !map.includes(folder))).toEqual([]);
  });

  test('no product file knows the place where it was written', () => {
    const foreign = /\/work\/|\.\.\/shared|\.library/;
    expect(
      names(sources).filter((name) => !name.endsWith('tidy.test.ts') && foreign.test(read(name))),
    ).toEqual([]);
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function names(files: readonly string[]): string[] {
  return files.map((file) => relative(root, file));
}

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}
