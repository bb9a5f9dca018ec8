import { readFile, stat } from 'node:fs/promises';
import { ProductionError } from '../../../production/errors';
import { parseVectorFile, type VectorFile } from './vector-file';

/** Larger than any file of vectors that a person keeps. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED` with every place that is wrong. */
export async function readVectorFile(file: string): Promise<VectorFile> {
  return parseVectorFile(file, await readText(file));
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) {
      throw new ProductionError('INPUT_UNREADABLE', file, [
        `it has ${size} bytes, ${MAX_FILE_BYTES} at most are read`,
      ]);
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ProductionError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
    throw new ProductionError('INPUT_UNREADABLE', file, [code], { cause: error });
  }
}
