import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { createKeyDirectory } from '../../adapters/key-directory/key-directory';
import { openPkcs11Hsm } from '../../adapters/pkcs11/pkcs11-hsm';
import { LineJournal } from '../../adapters/transcript/line-journal';
import { transcriptRenderer } from '../../adapters/transcript/transcript-pdf';
import type {
  CeremonyJournal,
  JournalEntry,
} from '../../production/custody/ceremony/ceremony-journal';
import type { TranscriptRenderer } from '../../production/document/custody/transcript';
import type { KeySet } from '../../production/document/key-set';
import type { Hsm } from '../../production/ports';
import type { HsmKind, KeyPlace } from './keys';
import { readPin } from './pin';
import { resolveToken } from './token-place';
import { ProductionError } from '../../production/errors';

/** The folder in which a ceremony keeps what it needs to go on after an interruption. */
export interface CeremonyRoom {
  readonly hsm: Hsm;
  readonly journal: CeremonyJournal;
  readonly transcripts: TranscriptRenderer;
  /** Puts the key directory into its place, at the end. */
  finish(keys: KeySet): Promise<void>;
}

const PIN_DIGITS = 12;

/**
 * Opens the HSM of a ceremony and its journal, new or where it was left.
 *
 * @param folder for the journal, and for the keys of a software HSM until the end
 */
export async function openCeremonyRoom(
  folder: string,
  kind: HsmKind,
  place: KeyPlace,
): Promise<CeremonyRoom> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const rest = {
    journal: new LineJournal<JournalEntry>(join(folder, 'journal.ndjson')),
    transcripts: transcriptRenderer,
  };
  return kind === 'pkcs11' ? openInToken(place, rest) : openInMock(folder, place, rest);
}

async function openInMock(
  folder: string,
  place: KeyPlace,
  rest: Pick<CeremonyRoom, 'journal' | 'transcripts'>,
): Promise<CeremonyRoom> {
  if (process.env['PERSOLINE_MODE'] === 'production') {
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
  const hsm = await openSoftwareHsm(token).catch(async () => {
    await createToken({ directory }, pin);
    return openSoftwareHsm(token);
  });
  return {
    ...rest,
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

async function openInToken(
  place: KeyPlace,
  rest: Pick<CeremonyRoom, 'journal' | 'transcripts'>,
): Promise<CeremonyRoom> {
  if (place.pinFrom === undefined) {
    throw new ProductionError('USAGE', 'PIN', ['say with --pin-from where the PIN is']);
  }
  const token = await resolveToken(place.token);
  const hsm = await openPkcs11Hsm({ ...token, pin: await readPin(place.pinFrom) });
  return {
    ...rest,
    hsm,
    finish: async (keys) => {
      await createKeyDirectory(place.directory, () => Promise.resolve({ keys, token }));
    },
  };
}

function drawPin(): string {
  return Array.from({ length: PIN_DIGITS }, () => randomInt(10)).join('');
}
