import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { ProductionError } from '../../production/errors';
import type { KeySet } from '../../production/document/key-set';
import { encodeKeyFile, type KeyDirectoryFile, parseKeyFile } from './key-file';
import { encodeTokenReference, parseTokenReference, type TokenReference } from './token-reference';

/** Where the parts of a key directory stand. */
export const KEY_DIRECTORY = {
  /** What there is, by label and file name; no secret in it. */
  keys: 'keys.json',
  /** The PIN of a development HSM, readable by its owner alone. */
  pin: 'pin',
  /** The folder of `hsm-mock`. */
  hsm: 'hsm',
  /** Which PKCS #11 token has the keys; where there is none, they are in the folder `hsm`. */
  token: 'hsm.json',
} as const;

/** What goes into a new key directory. */
export interface NewKeyDirectory {
  readonly keys: KeySet;
  /** Written to the file `pin` where the custodian wants it beside the keys. */
  readonly pin?: string;
  /** Where the keys are in a PKCS #11 token. */
  readonly token?: TokenReference;
}

/**
 * Makes a key directory that is there whole or not at all: everything is written into a folder
 * beside it, brought to the disk, and given its name in one step. What `fill` threw is thrown on,
 * with nothing left behind; what a killed process left is removed by the next call.
 *
 * @param fill makes the keys, with the folder in which the HSM may keep them
 * @throws ProductionError `OUTPUT_UNWRITABLE` when the directory exists, or cannot be written.
 */
export async function createKeyDirectory(
  directory: string,
  fill: (hsmFolder: string) => Promise<NewKeyDirectory>,
): Promise<KeySet> {
  const path = resolve(directory);
  await requireNothingAt(path);
  await removeLeftovers(path);
  const staging = `${path}.partial-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    const made = await fill(join(staging, KEY_DIRECTORY.hsm));
    await writeParts(staging, made);
    await moveIntoPlace(staging, path);
    return made.keys;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED`. */
export async function readKeyDirectory(directory: string): Promise<KeySet> {
  const text = await readPart(directory, KEY_DIRECTORY.keys);
  return parseKeyFile(text.toString('utf8'), (name) => readPart(directory, name));
}

/** The PIN beside the keys; undefined when the custodian keeps it elsewhere. */
export async function readKeyDirectoryPin(directory: string): Promise<string | undefined> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  if (!names.includes(KEY_DIRECTORY.pin)) return undefined;
  const text = await readPart(directory, KEY_DIRECTORY.pin);
  return text.toString('utf8').trimEnd();
}

/** The token that has the keys; undefined when they are in the software HSM of the directory. */
export async function readKeyDirectoryToken(
  directory: string,
): Promise<TokenReference | undefined> {
  const names: readonly string[] = await readdir(directory).catch(() => []);
  if (!names.includes(KEY_DIRECTORY.token)) return undefined;
  return readTokenReference(join(directory, KEY_DIRECTORY.token));
}

/** Reads a site file. @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED`. */
export async function readTokenReference(file: string): Promise<TokenReference> {
  const text = await readPart(dirname(file), basename(file));
  return parseTokenReference(text.toString('utf8'), file);
}

async function requireNothingAt(path: string): Promise<void> {
  const names = await readdir(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw unwritable(path, 'it is no folder', error);
  });
  if (names.length > 0) throw unwritable(path, 'it exists and is not empty');
}

async function writeParts(staging: string, { keys, pin, token }: NewKeyDirectory): Promise<void> {
  const { text, certificates } = encodeKeyFile(keys);
  const files: KeyDirectoryFile[] = [
    ...certificates,
    { name: KEY_DIRECTORY.keys, bytes: Buffer.from(text) },
    ...(token === undefined
      ? []
      : [{ name: KEY_DIRECTORY.token, bytes: Buffer.from(encodeTokenReference(token)) }]),
    ...(pin === undefined ? [] : [{ name: KEY_DIRECTORY.pin, bytes: Buffer.from(`${pin}\n`) }]),
  ];
  for (const { name, bytes } of files) {
    const file = await open(join(staging, name), 'wx', name === KEY_DIRECTORY.pin ? 0o600 : 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await syncFolder(staging);
}

async function moveIntoPlace(staging: string, path: string): Promise<void> {
  try {
    // An empty folder of this name gives way; a folder with anything in it refuses.
    await rmdir(path).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
    await rename(staging, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw unwritable(path, 'it came into being meanwhile', cause);
  }
}

/** Folders that a killed process left; one whose process still runs is left alone. */
async function removeLeftovers(path: string): Promise<void> {
  const pattern = `${basename(path)}.partial-`;
  const names: readonly string[] = await readdir(dirname(path)).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(pattern))) {
    const owner = Number(name.slice(pattern.length).split('-')[0]);
    if (!isRunning(owner)) await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

async function readPart(directory: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(directory, name));
  } catch (cause) {
    throw new ProductionError('INPUT_UNREADABLE', join(directory, name), [], { cause });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unwritable(path: string, reason: string, cause?: unknown): ProductionError {
  return new ProductionError('OUTPUT_UNWRITABLE', path, [reason], { cause });
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
