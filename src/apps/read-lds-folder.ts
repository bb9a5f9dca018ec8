import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LDS_FILE_NAMES, type LdsFileName } from '../production/document/lds-files';
import { ProductionError } from '../production/errors';

/** Larger than any chip; a file beyond it is none of ours. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * The elementary files in a folder, `EF.DG1.bin` and its siblings. Foreign sets spell their names
 * in other ways (`DG1.bin`, `EF_SOD.der`, `CardAccess`); they are understood too.
 *
 * @throws ProductionError `INPUT_UNREADABLE` when the folder cannot be read or holds none.
 */
export async function readLdsFolder(folder: string): Promise<ReadonlyMap<LdsFileName, Uint8Array>> {
  const files = new Map<LdsFileName, Uint8Array>();
  for (const name of (await list(folder)).toSorted()) {
    const known = ldsFileName(name);
    if (known === undefined) continue;
    if (files.has(known)) {
      throw new ProductionError('INPUT_MALFORMED', folder, [`it holds ${known} more than once`]);
    }
    files.set(known, await readBounded(join(folder, name)));
  }
  if (files.size === 0) {
    throw new ProductionError('INPUT_UNREADABLE', folder, [
      'it holds no elementary file; they are named EF.DG1.bin, EF.SOD.bin and so on',
    ]);
  }
  return new Map(LDS_FILE_NAMES.flatMap((name) => entry(files, name)));
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

function ldsFileName(name: string): LdsFileName | undefined {
  const stem = name
    .replace(/\.(bin|der|dat|hex)$/i, '')
    .replace(/^EF[._-]?/i, '')
    .toUpperCase();
  const wanted = stem.replace(/[^A-Z0-9]/g, '').replace(/^DATAGROUP/, 'DG');
  if (/\.(cer|crt|json|html|xml|pdf|png)$/i.test(name)) return undefined;
  return LDS_FILE_NAMES.find(
    (known) =>
      known
        .slice(3)
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '') === wanted,
  );
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
