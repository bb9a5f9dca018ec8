import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import {
  createKeyDirectory,
  KEY_DIRECTORY,
  readKeyDirectory,
  readKeyDirectoryPin,
  readKeyDirectoryToken,
} from '../../adapters/key-directory/key-directory';
import { openPkcs11Hsm } from '../../adapters/pkcs11/pkcs11-hsm';
import { type CardKeySite, siteCardKeys } from '../../production/custody/card-keys/site-card-keys';
import { chooseSigner } from '../../production/custody/choose-signer';
import { issueTrialCardKeys } from '../../production/custody/issue-trial-card-keys';
import { issueTrialKeys, type TrialKeyRequest } from '../../production/custody/issue-trial-keys';
import type { CardKeyVault } from '../../production/document/custody/card-key-vault';
import type { KeySet } from '../../production/document/key-set';
import type { DocumentSigner } from '../../production/document/signed-document';
import { ProductionError } from '../../production/errors';
import type { CardKeyHsm, Hsm } from '../../production/ports';
import { systemClock, systemRandom } from '../system';
import { readPin } from './pin';
import { resolveToken, type TokenPlace } from './token-place';

/** Keys that a program works with, and the HSM that holds them. */
export interface OpenKeys {
  readonly hsm: Hsm;
  /** Cards are written with its master keys, as far as they fit this site. */
  readonly cardKeys: CardKeyHsm;
  /** How card keys come and go. */
  readonly vault: CardKeyVault;
  readonly keys: KeySet;
  /** The document signer in use now. @throws ProductionError `SIGNER_OUTSIDE_PERIOD` */
  readonly signer: () => DocumentSigner;
}

export interface KeyPlace {
  readonly directory: string;
  /** Where the PIN comes from, as `readPin` takes it; the file beside the keys by default. */
  readonly pinFrom?: string;
  /** Where the PKCS #11 token is, for keys that live in one; beats what the directory says. */
  readonly token?: TokenPlace;
}

/** Whatever stands behind it, an HSM of ours keeps card keys too. */
type AnyHsm = Hsm & CardKeyHsm & CardKeyVault;

export type HsmKind = 'mock' | 'pkcs11';

const PIN_DIGITS = 12;

/**
 * Makes a directory of trial keys. On the software HSM, without a PIN reference, a PIN is drawn and
 * written beside the keys, readable by its owner alone. In a PKCS #11 token the keys are made under
 * its own PIN, which is written nowhere; the token must not have keys of these labels.
 *
 * @throws ProductionError `OUTPUT_UNWRITABLE`, `HSM_PIN_WRONG`, `HSM_WRONG_USE`, `HSM_FAILED`, …
 */
export function initTrialKeys(
  place: KeyPlace,
  request: TrialKeyRequest,
  kind: HsmKind = 'mock',
): Promise<KeySet> {
  return kind === 'pkcs11' ? initInToken(place, request) : initInMock(place, request);
}

async function initInMock(place: KeyPlace, request: TrialKeyRequest): Promise<KeySet> {
  const given = place.pinFrom === undefined ? undefined : await readPin(place.pinFrom);
  const pin = given ?? drawPin();
  return createKeyDirectory(place.directory, async (hsmFolder) => {
    await createToken({ directory: hsmFolder }, pin);
    const hsm = await openSoftwareHsm({ directory: hsmFolder, pin });
    const keys = await issueInto(hsm, request);
    return { keys, ...(given === undefined && { pin }) };
  });
}

async function initInToken(place: KeyPlace, request: TrialKeyRequest): Promise<KeySet> {
  const token = await resolveToken(place.token);
  const pin = await readPin(requirePinReference(place));
  return createKeyDirectory(place.directory, async () => {
    const hsm = await openPkcs11Hsm({ ...token, pin });
    return { keys: await issueInto(hsm, request), token };
  });
}

async function issueInto(hsm: AnyHsm, request: TrialKeyRequest): Promise<KeySet> {
  try {
    const keys = await issueTrialKeys(request, { hsm, clock: systemClock, random: systemRandom });
    // The key that chips are delivered with in laboratories has no place in a production token.
    if (!cardKeySite().isProduction) await issueTrialCardKeys(hsm);
    return keys;
  } finally {
    await hsm.close();
  }
}

/**
 * @throws ProductionError `INPUT_UNREADABLE`, `HSM_PIN_WRONG`, `HSM_LOCKED`, `HSM_FAILED`,
 * `KEYS_NOT_FOR_PRODUCTION`.
 */
export async function openKeys(place: KeyPlace): Promise<OpenKeys> {
  const keys = await readKeyDirectory(place.directory);
  const hsm = await openHsm(place);
  return {
    ...{ hsm, vault: hsm, keys },
    cardKeys: siteCardKeys(hsm, hsm, cardKeySite()),
    signer: () => chooseSigner(keys, systemClock.now()),
  };
}

async function openHsm(place: KeyPlace): Promise<AnyHsm> {
  const token = await readKeyDirectoryToken(place.directory);
  if (token !== undefined) {
    const resolved = await resolveToken(place.token, token);
    return openPkcs11Hsm({ ...resolved, pin: await readPin(requirePinReference(place)) });
  }
  if (cardKeySite().isProduction) {
    throw new ProductionError('KEYS_NOT_FOR_PRODUCTION', place.directory, [
      'its keys are in the software HSM',
    ]);
  }
  const pin =
    place.pinFrom === undefined
      ? await readKeyDirectoryPin(place.directory)
      : await readPin(place.pinFrom);
  if (pin === undefined) {
    throw new ProductionError('HSM_PIN_WRONG', place.directory, [
      'there is no PIN beside the keys; say with --pin-file or --pin-from where it is',
    ]);
  }
  return openSoftwareHsm({ directory: join(place.directory, KEY_DIRECTORY.hsm), pin });
}

function requirePinReference({ pinFrom }: KeyPlace): string {
  if (pinFrom !== undefined) return pinFrom;
  throw new ProductionError('USAGE', 'PIN', [
    'the keys are in a PKCS #11 token; say with --pin-file or --pin-from where its PIN is',
  ]);
}

function drawPin(): string {
  return Array.from({ length: PIN_DIGITS }, () => randomInt(10)).join('');
}

/** Whether the cards that are made here count. */
export function cardKeySite(): CardKeySite {
  return { isProduction: process.env['PERSOLINE_MODE'] === 'production' };
}

/** An empty software HSM for as long as the work takes. */
export async function withThrowawayHsm<T>(work: (hsm: AnyHsm) => Promise<T>): Promise<T> {
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
