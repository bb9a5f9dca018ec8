// Compiles the product into dist/ for Node, file by file and without looking at types: those are
// checked by `npm run types`. What is not TypeScript (SQL, fonts, tables) is copied beside it.
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = {
  sourceMaps: true,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs', ignoreDynamic: true },
};

const made = new Set();
for (const room of ['src', 'hsm-mock']) {
  await Promise.all((await listFiles(room)).map(make));
}
await removeStale('dist/src');
await removeStale('dist/hsm-mock');

async function make(file) {
  const target = join('dist', file.replace(/\.ts$/, '.js'));
  made.add(target).add(`${target}.map`);
  await mkdir(join(root, dirname(target)), { recursive: true });
  if (!file.endsWith('.ts')) return copyFile(join(root, file), join(root, target));
  const { code, map } = await transformFile(join(root, file), OPTIONS);
  await writeFile(join(root, `${target}.map`), map);
  await writeFile(join(root, target), `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
}

/** Everything but tests and what only they use. */
async function listFiles(folder) {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : listFiles(path);
    return /\.(test|d)\.ts$/.test(entry.name) ? [] : [path];
  });
  return (await Promise.all(lists)).flat();
}

/** A file whose source is gone must not be found any more. */
async function removeStale(folder) {
  if ((await stat(join(root, folder)).catch(() => undefined)) === undefined) return;
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await removeStale(path);
    else if (!made.has(path)) await rm(join(root, path));
  }
}
