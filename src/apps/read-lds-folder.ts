import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LDS_FILE_NAMES, type LdsFileName } from '../production/document/lds-files';
import { ProductionError } from '../production/errors';
import { decodeHex } from '../standards/bytes/hex';
import { nameLdsFile, nameLdsFileByTag } from './name-lds-file';

/** Larger than any chip; a file beyond it is none of ours. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * The elementary files in a folder, `EF.DG1.bin` and its siblings. Foreign sets spell their names
 * in other ways and hold hexadecimal text at times; both are understood. A `.bin` file whose name
 * says nothing is taken by its first tag, where no other file has that name.
 *
 * @throws ProductionError `INPUT_UNREADABLE` when the folder cannot be read or holds none.
 */
export async function readLdsFolder(folder: string): Promise<ReadonlyMap<LdsFileName, Uint8Array>> {
  const files = new Map<LdsFileName, Uint8Array>();
  const unnamed: Uint8Array[] = [];
  for (const name of (await list(folder)).toSorted()) {
    const known = nameLdsFile(name);
    if (known === undefined && !name.toLowerCase().endsWith('.bin')) continue;
    const bytes = decodeText(await readBounded(join(folder, name)));
    if (known === undefined) {
      unnamed.push(bytes);
      continue;
    }
    if (files.has(known)) {
      throw new ProductionError('INPUT_MALFORMED', folder, [`it holds ${known} more than once`]);
    }
    files.set(known, bytes);
  }
  for (const bytes of unnamed) {
    const known = nameLdsFileByTag(bytes);
    if (known !== undefined && !files.has(known)) files.set(known, bytes);
  }
  if (files.size === 0) {
    throw new ProductionError('INPUT_UNREADABLE', folder, [
      'it holds no elementary file; they are named EF.DG1.bin, EF.SOD.bin and so on',
    ]);
  }
  return new Map(LDS_FILE_NAMES.flatMap((name) => entry(files, name)));
}

/** The bytes behind hexadecimal text; no elementary file consists of such characters alone. */
function decodeText(bytes: Uint8Array): Uint8Array {
  const digits = new TextDecoder('latin1').decode(bytes).replaceAll(/\s+/g, '');
  return /^([0-9A-Fa-f]{2})+$/.test(digits) ? decodeHex(digits) : bytes;
}

/** @throws ProductionError `INPUT_UNREADABLE` */
export async function readBounded(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > MAX_FILE_BYTES) {
      throw new ProductionError('INPUT_UNREADABLE', file, [`it is over ${MAX_FILE_BYTES} bytes`]);
    }
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((one) => one.isFile()).map(({ name }) => name);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function entry(
  files: ReadonlyMap<LdsFileName, Uint8Array>,
  name: LdsFileName,
): [LdsFileName, Uint8Array][] {
  const bytes = files.get(name);
  return bytes === undefined ? [] : [[name, bytes]];
}

function unreadable(place: string, error: unknown): ProductionError {
  if (error instanceof ProductionError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
  return new ProductionError('INPUT_UNREADABLE', place, [code], { cause: error });
}
