import { randomUUID } from 'node:crypto';
import { access, constants, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ProductionError } from '../production/errors';
import { makeFolder } from './make-folder';

/** What a command leaves in a folder: contents by path inside it. */
export interface Artefact {
  /** Relative path with `/`, for instance `lds/EF.DG1.bin`. */
  readonly path: string;
  readonly content: Uint8Array | string;
  /** Readable by its owner alone: keys and other secrets. */
  readonly secret?: boolean;
}

/**
 * Puts artefacts into a folder, made if it is not there. All of them are written aside first and
 * then moved into place, so that no reader ever sees half a file; elementary files of an earlier
 * run that this one does not make are removed, since a stale data group would be judged with the
 * new ones.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE`
 */
export async function writeArtefacts(
  folder: string,
  artefacts: readonly Artefact[],
): Promise<void> {
  const target = resolve(folder);
  const aside = join(dirname(target), `.${randomUUID()}.partial`);
  try {
    for (const { path, content, secret } of artefacts) {
      const file = join(aside, path);
      await makeFolder(dirname(file));
      await writeFile(file, content, { mode: secret === true ? 0o600 : 0o644 });
    }
    for (const path of new Set(artefacts.map((artefact) => dirname(artefact.path)))) {
      await makeFolder(join(target, path));
      await removeStaleFiles(join(target, path));
    }
    for (const { path } of artefacts) await rename(join(aside, path), join(target, path));
  } catch (error) {
    throw outputError(folder, error);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Refuses early what could not be written at the end. @throws ProductionError */
export async function checkOutputFolder(folder: string): Promise<void> {
  try {
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) {
      throw new ProductionError('OUTPUT_UNWRITABLE', folder, ['is not a folder']);
    }
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw outputError(folder, error);
  }
}

async function removeStaleFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^EF\.[A-Za-z0-9-]+\.bin$/.test(name)) await rm(join(folder, name));
  }
}

function outputError(folder: string, error: unknown): ProductionError {
  if (error instanceof ProductionError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
  return new ProductionError('OUTPUT_UNWRITABLE', folder, [code], { cause: error });
}
