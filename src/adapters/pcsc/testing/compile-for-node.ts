import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

const ROOT = join(__dirname, '../../../..');
/** What the programs inside a sandbox are made of; nothing else of the product is compiled. */
const ROOMS = ['src/standards', 'src/production', 'src/simulation/chip', 'src/simulation/vpcd'];
const MORE_ROOMS = ['src/adapters/pcsc', 'src/simulation'];

export interface CompiledSources {
  /** Absolute path of the JavaScript of a source file, given as `src/….ts`. */
  path(source: string): string;
  remove(): Promise<void>;
}

/**
 * The sources as JavaScript that Node runs by itself, in a folder inside the checkout so that
 * packages are found. Types are not looked at: that is another check's work.
 */
export async function compileForNode(): Promise<CompiledSources> {
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const target = await mkdtemp(join(ROOT, '.cache/sandbox-'));
  const files = (
    await Promise.all([
      ...ROOMS.map((room) => listSources(join(ROOT, room), true)),
      ...MORE_ROOMS.map((room) => listSources(join(ROOT, room), room.endsWith('pcsc'))),
    ])
  ).flat();
  const out = (file: string) => join(target, relative(ROOT, file).replace(/\.ts$/, '.js'));
  await Promise.all(
    files.map(async (file) => {
      const { code } = await transformFile(file, {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs', ignoreDynamic: true },
      });
      await mkdir(dirname(out(file)), { recursive: true });
      await writeFile(out(file), code);
    }),
  );
  return {
    path: (source) => out(join(ROOT, source)),
    remove: () => rm(target, { recursive: true, force: true }),
  };
}

async function listSources(folder: string, deep: boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: deep });
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .filter((entry) => !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
