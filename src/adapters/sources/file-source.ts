import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { RECORD_MAX_BYTES } from '../../production/document/record-limits';
import { ProductionError } from '../../production/errors';
import type { RecordSource } from '../../production/ports';
import { concatBytes } from '../../standards/bytes/concat';
import { readPictureFile } from './picture-file';

/** A file that holds one record, on as many lines as it likes; pictures stand beside it. */
export function openFileSource(path: string): RecordSource {
  const folder = dirname(path);
  return {
    name: `file ${path}`,
    async *pull() {
      yield {
        place: basename(path),
        bytes: await readStart(path),
        readPicture: (picture: string, maxBytes: number) =>
          readPictureFile(folder, picture, maxBytes),
      };
    },
  };
}

async function readStart(path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: RECORD_MAX_BYTES })) {
      chunks.push(chunk as Buffer);
    }
  } catch {
    throw new ProductionError('SOURCE_UNREADABLE', path, ['the file cannot be read']);
  }
  return concatBytes(...chunks);
}
