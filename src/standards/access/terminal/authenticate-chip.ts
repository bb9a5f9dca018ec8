import { SW } from '../../apdu/status-words';
import { derivePrivateKey, privateKeyRandomBytes } from '../../crypto/agreement-group';
import { InvalidPublicKeyError } from '../../crypto/agreement-group';
import { AccessError } from '../access-error';
import {
  buildSetChipAuthentication,
  buildSetKeyAgreement,
} from '../chip-authentication/chip-authentication-commands';
import type { ChipAuthenticationOffer } from '../chip-authentication/chip-authentication-protocol';
import {
  type ChipAuthenticationRun,
  runChipAuthentication,
} from '../chip-authentication/chip-authentication-session';
import { buildGeneralAuthenticate, encodeDynamicData } from '../general-authenticate';
import type { RandomBytes } from './apdu-channel';
import { expectOk } from './expect-ok';
import type { ChipChannel } from './secure-channel';

const EPHEMERAL_PUBLIC_KEY = 0x80;

/**
 * Runs Chip Authentication on an open channel and goes on under the new keys. That the chip is
 * genuine shows with the first response that verifies under them; the caller reads something
 * [9303-11 §6.2].
 *
 * @param offer one of `listChipAuthenticationOffers`
 * @throws AccessError `refused` with the status word, `protocol` when the key of the chip is bad.
 */
export async function authenticateChip(
  channel: ChipChannel,
  offer: ChipAuthenticationOffer,
  random: RandomBytes,
): Promise<ChipAuthenticationRun> {
  const { group, algorithm, keyId } = offer;
  const privateKey = derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
  const run = runChecked(offer, privateKey);
  const step = 'chip authentication';
  // Chips are in circulation that run 3DES by the commands of AES only [9303-11 §8.5 note 1].
  const done =
    algorithm.cipher === '3DES' &&
    (await channel.send(buildSetKeyAgreement(run.publicKey, keyId))).sw === SW.ok;
  if (!done) {
    expectOk(step, await channel.send(buildSetChipAuthentication(algorithm.oid, keyId)));
    const data = encodeDynamicData([EPHEMERAL_PUBLIC_KEY, run.publicKey]);
    expectOk(step, await channel.send(buildGeneralAuthenticate(data, { last: true })));
  }
  channel.restart(run.session);
  return run;
}

function runChecked(offer: ChipAuthenticationOffer, privateKey: Uint8Array): ChipAuthenticationRun {
  try {
    return runChipAuthentication(offer, privateKey);
  } catch (error) {
    if (!(error instanceof InvalidPublicKeyError)) throw error;
    throw new AccessError('chip authentication', 'protocol', error.message, { cause: error });
  }
}
