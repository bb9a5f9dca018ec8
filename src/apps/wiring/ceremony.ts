import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { createKeyDirectory } from '../../adapters/key-directory/key-directory';
import { openPkcs11Hsm } from '../../adapters/pkcs11/pkcs11-hsm';
import { transcriptRenderer } from '../../adapters/transcript/transcript-pdf';
import type { TranscriptRenderer } from '../../production/document/custody/transcript';
import type { KeySet } from '../../production/document/key-set';
import type { Hsm } from '../../production/ports';
import { cardKeySite, type HsmKind, type KeyPlace } from './keys';
import { readPin } from './pin';
import { resolveToken } from './token-place';
import { ProductionError } from '../../production/errors';

/** The HSM in which a country's keys begin, and what is left to do when they are there. */
export interface FoundingRoom {
  readonly hsm: Hsm;
  /** Puts the key directory into its place, at the end. */
  finish(keys: KeySet): Promise<void>;
}

const PIN_DIGITS = 12;

/** Transcripts as pages. */
export function openTranscripts(): TranscriptRenderer {
  return transcriptRenderer;
}

/**
 * Opens the HSM of a founding ceremony, new or where an interruption left it.
 *
 * @param folder for the keys of a software HSM until the end
 * @param place where the key directory is to be; `isBegun` when keys were made there before
 * @throws ProductionError `STATE_CONFLICT` when those keys are not where they are looked for
 */
export async function openFoundingRoom(
  folder: string,
  kind: HsmKind,
  place: KeyPlace & { readonly isBegun?: boolean },
): Promise<FoundingRoom> {
  if (kind === 'pkcs11') return openInToken(place);
  if (place.isBegun === true) requireKeysOf(folder, place.directory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return openInMock(folder, place);
}

/** A second token would be made beside the first one, and read back as a forgery. */
function requireKeysOf(folder: string, directory: string): void {
  if (existsSync(join(folder, 'hsm'))) return;
  const reason = existsSync(directory)
    ? 'its keys are in their key directory already'
    : 'it was begun with another key directory: name that one with --keys';
  throw new ProductionError('STATE_CONFLICT', folder, [reason]);
}

async function openInMock(folder: string, place: KeyPlace): Promise<FoundingRoom> {
  if (cardKeySite().isProduction) {
    throw new ProductionError('KEYS_NOT_FOR_PRODUCTION', folder, ['--hsm mock is a software HSM']);
  }
  const directory = join(folder, 'hsm');
  const given = place.pinFrom === undefined ? undefined : await readPin(place.pinFrom);
  const pinFile = join(folder, 'pin');
  const kept = await readFile(pinFile, 'utf8').catch(() => undefined);
  const pin = given ?? kept?.trimEnd() ?? drawPin();
  if (given === undefined && kept === undefined) {
    await writeFile(pinFile, `${pin}\n`, { mode: 0o600 });
  }
  const token = { directory, pin };
  const hsm = await openSoftwareHsm(token).catch(async (error: unknown) => {
    // A token that refuses the PIN is there.
    if (!(error instanceof ProductionError) || error.code !== 'HSM_FAILED') throw error;
    await createToken({ directory }, pin);
    return openSoftwareHsm(token);
  });
  return {
    hsm,
    finish: async (keys) => {
      await createKeyDirectory(place.directory, async (hsmFolder) => {
        await cp(directory, hsmFolder, { recursive: true });
        return { keys, ...(given === undefined && { pin }) };
      });
      // The keys have their place; a second copy would only be another to guard.
      await rm(directory, { recursive: true });
      await rm(pinFile, { force: true });
    },
  };
}

async function openInToken(place: KeyPlace): Promise<FoundingRoom> {
  if (place.pinFrom === undefined) {
    throw new ProductionError('USAGE', 'PIN', ['say with --pin-from where the PIN is']);
  }
  const token = await resolveToken(place.token);
  const hsm = await openPkcs11Hsm({ ...token, pin: await readPin(place.pinFrom) });
  return {
    hsm,
    finish: async (keys) => {
      await createKeyDirectory(place.directory, () => Promise.resolve({ keys, token }));
    },
  };
}

function drawPin(): string {
  return Array.from({ length: PIN_DIGITS }, () => randomInt(10)).join('');
}
