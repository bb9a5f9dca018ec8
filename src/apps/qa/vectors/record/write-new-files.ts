import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../../../production/errors';
import { makeFolder } from '../../../make-folder';

export interface NewFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Puts files into a folder, all of them or none. What is there already is never written over.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE` with the place that was in the way
 */
export async function writeNewFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  const made: { readonly path: string; readonly handle: FileHandle }[] = [];
  let place = folder;
  let isWhole = false;
  try {
    await makeFolder(folder);
    for (const { name } of files) {
      place = join(folder, name);
      made.push({ path: place, handle: await open(place, 'wx') });
    }
    for (const [index, { path, handle }] of made.entries()) {
      place = path;
      await handle.writeFile(files[index]?.content ?? '');
    }
    isWhole = true;
  } catch (error) {
    throw new ProductionError('OUTPUT_UNWRITABLE', place, [reasonOf(error)], { cause: error });
  } finally {
    for (const { path, handle } of made) {
      await handle.close();
      if (!isWhole) await rm(path);
    }
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
  return code === 'EEXIST' ? 'it is there already and is not written over' : code;
}
