import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import type { RecordSource } from '../../production/ports';
import { readPictureFile } from './picture-file';
import { readLines } from './read-lines';

/**
 * A folder with exactly one `*.ndjson` file, one record a line, and the pictures that the records
 * name by paths relative to the folder.
 *
 * @throws ProductionError `SOURCE_UNREADABLE`
 */
export async function openDirectorySource(folder: string): Promise<RecordSource> {
  const names = await readdir(folder).catch(() => {
    throw new ProductionError('SOURCE_UNREADABLE', folder, ['the folder cannot be read']);
  });
  const [file, ...others] = names.filter((name) => name.endsWith('.ndjson'));
  if (file === undefined) {
    throw new ProductionError('SOURCE_UNREADABLE', folder, ['it holds no *.ndjson file']);
  }
  if (others.length > 0) {
    throw new ProductionError('SOURCE_UNREADABLE', folder, ['it holds several *.ndjson files']);
  }
  return openLinesSource(folder, file);
}

/** One `*.ndjson` file of a folder that may hold others. */
export function openLinesSource(folder: string, file: string): RecordSource {
  return {
    name: `directory ${folder}`,
    async *pull() {
      try {
        for await (const line of readLines(createReadStream(join(folder, file)))) {
          yield {
            place: `${file}:${line.number}`,
            bytes: line.bytes,
            readPicture: (path: string, maxBytes: number) =>
              readPictureFile(folder, path, maxBytes),
          };
        }
      } catch (error) {
        if (!isFileError(error)) throw error;
        throw new ProductionError('SOURCE_UNREADABLE', join(folder, file), [
          'the file cannot be read',
        ]);
      }
    },
  };
}

function isFileError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
