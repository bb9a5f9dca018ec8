import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../production/errors';
import type { TrustKind } from '../production/inspection/trust-containers';

/** The LDIF of the whole ICAO PKD is tens of megabytes. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
const MAX_FILES = 5000;
/** What stands in a folder beside them is passed over. */
const ENDINGS = {
  csca: /\.(cer|crt|der|pem|ml|mls|ldif)$/i,
  crl: /\.(crl|der|pem|ldif)$/i,
  'document-signer': /\.(cer|crt|der|pem|ldif)$/i,
} as const satisfies Record<TrustKind, RegExp>;

/**
 * The files that were named for trust; of a folder every file whose ending is one of its kind.
 *
 * @throws ProductionError `INPUT_UNREADABLE`
 */
export async function readTrustFiles(
  paths: readonly string[],
  kind: TrustKind,
): Promise<readonly Uint8Array[]> {
  const files = (await Promise.all(paths.map((path) => listFiles(path, kind)))).flat();
  if (files.length > MAX_FILES) {
    throw new ProductionError('INPUT_UNREADABLE', paths.join(', '), [`over ${MAX_FILES} files`]);
  }
  return Promise.all(files.map(readTrustFile));
}

async function listFiles(path: string, kind: TrustKind): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => ENDINGS[kind].test(name)).toSorted();
    if (names.length > 0) return names.map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new ProductionError('INPUT_UNREADABLE', path, ['it holds no certificate and no list']);
}

async function readTrustFile(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > MAX_FILE_BYTES) {
      throw new ProductionError('INPUT_UNREADABLE', file, [`it is over ${MAX_FILE_BYTES} bytes`]);
    }
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(place: string, error: unknown): ProductionError {
  if (error instanceof ProductionError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown cause';
  return new ProductionError('INPUT_UNREADABLE', place, [code], { cause: error });
}
