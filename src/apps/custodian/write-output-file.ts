import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProductionError } from '../../production/errors';

/**
 * Refuses early a file that could not be written at the end, when a key is made and an approval used
 * up. Nothing is left where it would be.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE`
 */
export async function checkOutputFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new ProductionError('OUTPUT_UNWRITABLE', file, ['it is a folder']);
  }
  const place = found === undefined ? dirname(file) : file;
  await access(place, constants.W_OK).catch((cause: unknown) => {
    throw new ProductionError('OUTPUT_UNWRITABLE', file, [], { cause });
  });
}

/** @throws ProductionError `OUTPUT_UNWRITABLE` */
export async function writeOutputFile(file: string, content: Uint8Array): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    throw new ProductionError('OUTPUT_UNWRITABLE', file, [], { cause });
  });
}
