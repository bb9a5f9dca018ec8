import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../production/errors';
import {
  type ObjectKind,
  recogniseObject,
} from '../production/inspection/lint-objects/recognise-object';
import { type TrustKind, unpackTrust } from '../production/inspection/trust-containers';

/** The LDIF of the whole ICAO PKD is tens of megabytes. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
const MAX_FILES = 5000;
/** So many of the files that are passed over are named. */
const MAX_NAMES = 5;
/** What of a folder is wanted, by its content; a CSCA folder may hold revocation lists too. */
const WANTED = {
  csca: ['certificate', 'master-list', 'revocation-list'],
  crl: ['revocation-list'],
  'document-signer': ['certificate'],
} as const satisfies Record<TrustKind, readonly ObjectKind[]>;

const NOTHING = {
  csca: 'no certificate and no list that can be read',
  crl: 'no revocation list that can be read',
  'document-signer': 'no certificate that can be read',
} as const satisfies Record<TrustKind, string>;

/**
 * The files that were named for trust; of a folder every file that holds something of its kind,
 * whatever it is named. The others are told of.
 *
 * @throws ProductionError `INPUT_UNREADABLE`
 */
export async function readTrustFiles(
  paths: readonly string[],
  kind: TrustKind,
  tell: (line: string) => void = () => undefined,
): Promise<readonly Uint8Array[]> {
  const read = await Promise.all(paths.map((path) => readPlace(path, kind, tell)));
  return read.flat();
}
async function readPlace(
  path: string,
  kind: TrustKind,
  tell: (line: string) => void,
): Promise<readonly Uint8Array[]> {
  const files = await listFiles(path);
  if (files === undefined) {
    const bytes = await readTrustFile(path);
    if (!holdsWanted(bytes, kind)) tell(`${path}: holds ${NOTHING[kind]}`);
    return [bytes];
  }
  const read = await Promise.all(
    files.map(async (name) => ({ name, bytes: await readTrustFile(join(path, name)) })),
  );
  const wanted = read.filter(({ bytes }) => holdsWanted(bytes, kind));
  if (wanted.length === 0) {
    throw new ProductionError('INPUT_UNREADABLE', path, ['it holds no certificate and no list']);
  }
  const others = read.filter((one) => !wanted.includes(one)).map(({ name }) => name);
  if (others.length > 0) tell(`${path}: passed over ${wordsOf(others)}`);
  return wanted.map(({ bytes }) => bytes);
}

function wordsOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function holdsWanted(bytes: Uint8Array, kind: TrustKind): boolean {
  const wanted: readonly (ObjectKind | undefined)[] = WANTED[kind];
  return unpackTrust(bytes, kind).some((object) => wanted.includes(recogniseObject(object)));
}

/** The names in a folder; undefined when the path is no folder. */
async function listFiles(path: string): Promise<readonly string[] | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return undefined;
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    if (names.length <= MAX_FILES) return names.toSorted();
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new ProductionError('INPUT_UNREADABLE', path, [`over ${MAX_FILES} files`]);
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
