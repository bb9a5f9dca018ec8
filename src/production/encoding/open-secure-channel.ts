import { encodeCommand } from '../../standards/apdu/command';
import { describeSw, SW } from '../../standards/apdu/status-words';
import { openScp02 } from '../../standards/gp/open-scp02';
import { openScp03 } from '../../standards/gp/open-scp03';
import type { Scp02Options } from '../../standards/gp/scp02-options';
import { SecureChannelError } from '../../standards/gp/secure-channel-error';
import { SECURITY_LEVEL_BIT } from '../../standards/gp/security-level';
import type { CardKeyWish, SecureChannelLevel } from '../document/perso-script';
import { ProductionError } from '../errors';
import type {
  CardChannel,
  CardKeyHsm,
  CardKeys,
  CardSession,
  CardSessionKeys,
  RandomSource,
} from '../ports';
import { beginSecureChannel, type BegunChannel } from './begin-secure-channel';
import { exchange } from './exchange';
import { GlobalPlatformChannel } from './global-platform-channel';
import { readScp02Options } from './read-card-data';
import type { SecureCardChannel, SecureChannelOpener } from './secure-channel';
import {
  asChannelFailure,
  channelFailure,
  formatKeyVersion,
  OPEN_CHANNEL,
  wrongCardKeys,
} from './secure-channel-failure';

export interface SecureChannelTools {
  readonly cardKeys: CardKeyHsm;
  readonly random: RandomSource;
}

/**
 * Opens SCP03 and SCP02 channels to the selected security domain with keys that stay in the HSM.
 *
 * The opener throws ProductionError `CARD_KEYS_WRONG` when the card has none of the keys, or proves
 * by its cryptogram that it has others: then nothing was tried that the card counts. It throws
 * `CARD_CHANNEL_FAILED` for everything else. EXTERNAL AUTHENTICATE, which a card does count, is
 * never sent twice.
 */
export function createSecureChannelOpener(tools: SecureChannelTools): SecureChannelOpener {
  return (channel, wish, securityDomain) =>
    asChannelFailure(async () => {
      // Before INITIALIZE UPDATE, which EXTERNAL AUTHENTICATE must follow at once.
      const scp02 = wish.protocol === 'scp02' ? await readScp02Options(channel) : undefined;
      const begun = await beginSecureChannel(channel, wish, tools.random);
      return establish(channel, { ...begun, wish, securityDomain, tools, scp02 });
    });
}

interface Establishing extends BegunChannel {
  readonly wish: Parameters<SecureChannelOpener>[1];
  readonly securityDomain: Uint8Array;
  readonly tools: SecureChannelTools;
  readonly scp02: Scp02Options | undefined;
}

/** EXTERNAL AUTHENTICATE, after the card has proved itself. */
async function establish(channel: CardChannel, given: Establishing): Promise<SecureCardChannel> {
  const { keys, answer, tools } = given;
  const { diversificationData } = answer;
  const card: CardKeys = { ...keys, diversificationData };
  const session = sessionOf(given);
  const sessionKeys = await proving(keys, () => tools.cardKeys.deriveCardSession(card, session));
  try {
    const { externalAuthenticate, session: wrapping } = await proving(keys, () =>
      openSession(given, sessionKeys),
    );
    const { sw } = await exchange(channel, encodeCommand(externalAuthenticate), OPEN_CHANNEL).catch(
      (error: unknown) => {
        wrapping.close();
        throw error;
      },
    );
    if (sw !== SW.ok) {
      wrapping.close();
      throw channelFailure([
        ...['EXTERNAL AUTHENTICATE', describeSw(sw)],
        'it is not tried again: cards count it, and block',
      ]);
    }
    return new GlobalPlatformChannel(channel, wrapping, {
      ...{ card, session, cardKeys: tools.cardKeys },
      keyVersion: keys.keyVersion === 0 ? answer.keyVersion : keys.keyVersion,
      keySet: keys.keySet,
    });
  } finally {
    for (const key of [sessionKeys.encryption, sessionKeys.mac, sessionKeys.rMac]) key.fill(0);
  }
}

/** Where the card proves its keys: those that were named, or others. */
async function proving<T>(keys: CardKeyWish, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isOther =
      (cause instanceof SecureChannelError && cause.reason === 'card-cryptogram') ||
      (cause instanceof ProductionError && cause.code === 'CARD_CHANNEL_FAILED');
    if (!isOther) throw cause;
    const { keySet, keyVersion, diversification } = keys;
    const reason = `its keys of version ${formatKeyVersion(keyVersion)} are not ${keySet}, diversification ${diversification}`;
    throw wrongCardKeys([reason, 'nothing was tried that the card counts'], cause);
  }
}

function sessionOf({ answer, hostChallenge, securityDomain }: Establishing): CardSession {
  if (answer.protocol === 'SCP02') {
    return { protocol: 'scp02', sequenceCounter: answer.sequenceCounter };
  }
  const { cardChallenge, sequenceCounter } = answer;
  return {
    ...{ protocol: 'scp03', hostChallenge, cardChallenge },
    ...(sequenceCounter && { pseudoRandom: { sequenceCounter, securityDomain } }),
  };
}

function openSession(
  { answer, hostChallenge, wish, scp02: options }: Establishing,
  sessionKeys: CardSessionKeys,
): ReturnType<typeof openScp03> | ReturnType<typeof openScp02> {
  const securityLevel = levelByte(wish.level);
  if (answer.protocol === 'SCP03') {
    return openScp03({ keys: sessionKeys, hostChallenge, answer, securityLevel });
  }
  if (options === undefined) throw new SecureChannelError('other-protocol');
  // The data key of the session stays in the HSM; nothing here encrypts with it.
  const keys = { ...sessionKeys, dataEncryption: new Uint8Array() };
  return openScp02({ keys, hostChallenge, answer, options, securityLevel });
}

/** P1 of EXTERNAL AUTHENTICATE [GPC-D §7.1.2.1]. */
function levelByte(level: SecureChannelLevel): number {
  const bits = {
    'c-mac': SECURITY_LEVEL_BIT.cMac,
    'c-enc': SECURITY_LEVEL_BIT.cEncryption,
    'r-mac': SECURITY_LEVEL_BIT.rMac,
    'r-enc': SECURITY_LEVEL_BIT.rEncryption,
  };
  return level.split(' ').reduce((sum, name) => sum | bits[name as keyof typeof bits], 0);
}
