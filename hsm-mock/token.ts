import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../src/production/errors';
import { isFileError, writeNewFile } from './durable-file';
import { openBox, sealBox } from './sealed-box';

/** Where a token lives: a folder a slot under the HSM's directory. */
export interface TokenPlace {
  readonly directory: string;
  /** 0 where there is only one. */
  readonly slot?: number;
}

interface TokenFile {
  readonly format: 1;
  /** Salt of the key that the PIN gives. */
  readonly salt: string;
  /** The master key, sealed under the PIN's key. */
  readonly masterKey: string;
  readonly maxPinFailures: number;
}

const MIN_PIN_CHARACTERS = 4;
const MAX_PIN_FAILURES = 5;
const KEY_BYTES = 32;
const SCRYPT: ScryptOptions = { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const CONTEXT = 'persoline hsm-mock master key';

/** Folder of a slot, which holds its token and its keys. */
export function slotFolder({ directory, slot = 0 }: TokenPlace): string {
  return join(directory, `slot-${slot}`);
}

/**
 * Initializes the token of a slot with its PIN.
 *
 * @throws ProductionError `HSM_FAILED` when the slot is in use, `USAGE` when the PIN is too short.
 */
export async function createToken(place: TokenPlace, pin: string): Promise<void> {
  if (pin.length < MIN_PIN_CHARACTERS) {
    throw new ProductionError('USAGE', 'HSM PIN', [
      `has fewer than ${MIN_PIN_CHARACTERS} characters`,
    ]);
  }
  const folder = slotFolder(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const salt = randomBytes(16);
  const masterKey = sealBox(await derivePinKey(pin, salt), randomBytes(KEY_BYTES), CONTEXT);
  const token: TokenFile = {
    format: 1,
    salt: salt.toString('base64'),
    masterKey: Buffer.from(masterKey).toString('base64'),
    maxPinFailures: MAX_PIN_FAILURES,
  };
  const written = await writeNewFile(tokenPath(folder), Buffer.from(JSON.stringify(token)));
  if (!written) {
    throw new ProductionError('HSM_FAILED', `slot ${place.slot ?? 0}`, ['it has a token already']);
  }
}

/**
 * The master key behind the PIN. Wrong PINs are counted, for all processes together, and lock the
 * token; a right one starts the count again.
 *
 * @throws ProductionError `HSM_PIN_WRONG`, `HSM_LOCKED`, or `HSM_FAILED` when there is no token.
 */
export async function openToken(place: TokenPlace, pin: string): Promise<Uint8Array> {
  const folder = slotFolder(place);
  const token = await readToken(folder, place);
  const where = `slot ${place.slot ?? 0}`;
  if ((await countFailures(folder)) >= token.maxPinFailures) {
    throw new ProductionError('HSM_LOCKED', where);
  }
  const pinKey = await derivePinKey(pin, Buffer.from(token.salt, 'base64'));
  const masterKey = openBox(pinKey, Buffer.from(token.masterKey, 'base64'), CONTEXT);
  if (masterKey !== undefined) {
    await rm(failuresPath(folder), { force: true });
    return masterKey;
  }
  // One byte a failure: appending is atomic, so that no failure of another process is lost.
  await appendFile(failuresPath(folder), '!', { mode: 0o600 });
  const left = Math.max(0, token.maxPinFailures - (await countFailures(folder)));
  throw new ProductionError('HSM_PIN_WRONG', where, [`${left} attempts are left`]);
}

async function readToken(folder: string, place: TokenPlace): Promise<TokenFile> {
  try {
    return JSON.parse(await readFile(tokenPath(folder), 'utf8')) as TokenFile;
  } catch (cause) {
    const reason = isFileError(cause, 'ENOENT') ? 'it has no token' : 'its token cannot be read';
    throw new ProductionError('HSM_FAILED', `slot ${place.slot ?? 0}`, [reason], { cause });
  }
}

async function countFailures(folder: string): Promise<number> {
  try {
    return (await stat(failuresPath(folder))).size;
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return 0;
    throw error;
  }
}

function derivePinKey(pin: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFC'), salt, KEY_BYTES, SCRYPT, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function tokenPath(folder: string): string {
  return join(folder, 'token.json');
}

function failuresPath(folder: string): string {
  return join(folder, 'pin-failures');
}
