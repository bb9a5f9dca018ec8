import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import {
  createKeyDirectory,
  KEY_DIRECTORY,
  readKeyDirectory,
  readKeyDirectoryPin,
} from '../../adapters/key-directory/key-directory';
import { chooseSigner } from '../../production/custody/choose-signer';
import { issueTrialKeys, type TrialKeyRequest } from '../../production/custody/issue-trial-keys';
import type { KeySet } from '../../production/document/key-set';
import type { DocumentSigner } from '../../production/document/signed-document';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import { systemClock, systemRandom } from '../system';

/** Keys that a program works with, and the HSM that holds them. */
export interface OpenKeys {
  readonly hsm: Hsm;
  readonly keys: KeySet;
  /** The document signer in use now. @throws ProductionError `SIGNER_OUTSIDE_PERIOD` */
  readonly signer: () => DocumentSigner;
}

export interface KeyPlace {
  readonly directory: string;
  /** File that holds the PIN; the one beside the keys by default. */
  readonly pinFile?: string;
}

const PIN_DIGITS = 12;
const MAX_PIN_FILE_CHARACTERS = 256;

/**
 * Makes a directory of trial keys on the software HSM. Without a PIN file a PIN is drawn and
 * written beside the keys, readable by its owner alone.
 */
export async function initTrialKeys(place: KeyPlace, request: TrialKeyRequest): Promise<KeySet> {
  const given = place.pinFile === undefined ? undefined : await readPinFile(place.pinFile);
  const pin = given ?? drawPin();
  return createKeyDirectory(place.directory, async (hsmFolder) => {
    await createToken({ directory: hsmFolder }, pin);
    const hsm = await openSoftwareHsm({ directory: hsmFolder, pin });
    try {
      const keys = await issueTrialKeys(request, { hsm, clock: systemClock, random: systemRandom });
      return { keys, ...(given === undefined && { pin }) };
    } finally {
      await hsm.close();
    }
  });
}

/** @throws ProductionError `INPUT_UNREADABLE`, `HSM_PIN_WRONG`, `HSM_LOCKED`. */
export async function openKeys(place: KeyPlace): Promise<OpenKeys> {
  const keys = await readKeyDirectory(place.directory);
  const pin =
    place.pinFile === undefined
      ? await readKeyDirectoryPin(place.directory)
      : await readPinFile(place.pinFile);
  if (pin === undefined) {
    throw new ProductionError('HSM_PIN_WRONG', place.directory, [
      'there is no PIN beside the keys; name the file that holds it with --pin-file',
    ]);
  }
  const directory = join(place.directory, KEY_DIRECTORY.hsm);
  const hsm = await openSoftwareHsm({ directory, pin });
  return { hsm, keys, signer: () => chooseSigner(keys, systemClock.now()) };
}

async function readPinFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ProductionError('INPUT_UNREADABLE', file, ['the PIN file'], { cause });
  });
  const pin = text.trimEnd();
  if (pin.length === 0 || pin.length > MAX_PIN_FILE_CHARACTERS || /[\r\n]/.test(pin)) {
    throw new ProductionError('INPUT_MALFORMED', file, ['a PIN file holds one line, the PIN']);
  }
  return pin;
}

function drawPin(): string {
  return Array.from({ length: PIN_DIGITS }, () => randomInt(10)).join('');
}

/** An empty software HSM for as long as the work takes. */
export async function withThrowawayHsm<T>(work: (hsm: Hsm) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-hsm-'));
  try {
    const pin = drawPin();
    await createToken({ directory }, pin);
    const hsm = await openSoftwareHsm({ directory, pin });
    return await work(hsm).finally(() => hsm.close());
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
