import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { ProductionError } from '../../production/errors';

/**
 * The bytes of a picture in a folder, or below it. The path comes from outside: whatever leads out
 * of the folder, by dots, from the root or over a link, is not there. The path itself can name a
 * person and is never said.
 *
 * @throws ProductionError `PICTURE_MISSING`, `PICTURE_TOO_LARGE` before anything is read
 */
export async function readPictureFile(
  folder: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (isAbsolute(path) || path.split(/[/\\]/).includes('..') || path.includes('\0')) {
    throw missing('its path leads out of the folder of the record');
  }
  const home = await realpath(folder).catch(() => {
    throw missing('there is no such file');
  });
  const file = await realpath(join(home, path)).catch(() => {
    throw missing('there is no such file');
  });
  if (!file.startsWith(home.endsWith(sep) ? home : home + sep)) {
    throw missing('its path leads out of the folder of the record');
  }
  // Not blocking, so that a pipe with this name stops nobody; not over a link set a moment ago.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(() => {
    throw missing('the file cannot be opened');
  });
  try {
    return await readBounded(handle, maxBytes);
  } finally {
    await handle.close();
  }
}

async function readBounded(handle: FileHandle, maxBytes: number): Promise<Uint8Array> {
  const { size, isFile } = await handle.stat().then((found) => ({
    size: found.size,
    isFile: found.isFile(),
  }));
  if (!isFile) throw missing('it is not a file');
  if (size > maxBytes) {
    throw new ProductionError('PICTURE_TOO_LARGE', 'picture', [
      `it has ${size} bytes, at most ${maxBytes} are read`,
    ]);
  }
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
  return new Uint8Array(buffer.subarray(0, bytesRead));
}

function missing(reason: string): ProductionError {
  return new ProductionError('PICTURE_MISSING', 'picture', [reason]);
}
