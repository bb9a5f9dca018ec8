import { encodeCommand, parseCommand } from '../../standards/apdu/command';
import { encodeResponse, type ResponseApdu } from '../../standards/apdu/response';
import { describeSw, SW } from '../../standards/apdu/status-words';
import { MalformedError } from '../../standards/bytes/malformed';
import {
  buildInitializeUpdate,
  type InitializeUpdateAnswer,
  parseInitializeUpdateAnswer,
} from '../../standards/gp/initialize-update';
import { openScp02 } from '../../standards/gp/open-scp02';
import { openScp03 } from '../../standards/gp/open-scp03';
import { buildPutKey, verifyPutKeyAnswer } from '../../standards/gp/put-key';
import type { Scp02Options } from '../../standards/gp/scp02-options';
import type { Scp02Session } from '../../standards/gp/scp02-session';
import type { Scp03Session } from '../../standards/gp/scp03-session';
import { SecureChannelError } from '../../standards/gp/secure-channel-error';
import { SECURITY_LEVEL_BIT } from '../../standards/gp/security-level';
import type { CardKeyWish, SecureChannelLevel, SecureChannelWish } from '../document/perso-script';
import { ProductionError } from '../errors';
import type {
  CardChannel,
  CardKeyHsm,
  CardKeys,
  CardSession,
  CardSessionKeys,
  RandomSource,
} from '../ports';
import { exchange } from './exchange';
import { readKeyVersions, readScp02Options } from './read-card-data';
import type { SecureCardChannel, SecureChannelOpener } from './secure-channel';

export interface SecureChannelTools {
  readonly cardKeys: CardKeyHsm;
  readonly random: RandomSource;
}

const PLACE = 'open-channel';
const FIRST_KEY_ID = 0x01;

/**
 * Opens SCP03 and SCP02 channels to the selected security domain with keys that stay in the HSM.
 *
 * The opener throws ProductionError `CARD_CHANNEL_FAILED` when the card has none of the keys, or
 * proves by its cryptogram that it has others: then nothing was tried that the card counts.
 */
export function createSecureChannelOpener(tools: SecureChannelTools): SecureChannelOpener {
  return (channel, wish, securityDomain) =>
    asChannelFailure(async () => {
      // Before INITIALIZE UPDATE, which EXTERNAL AUTHENTICATE must follow at once.
      const scp02 = wish.protocol === 'scp02' ? await readScp02Options(channel) : undefined;
      const begun = await initialize(channel, wish, tools.random);
      return establish(channel, { ...begun, wish, securityDomain, tools, scp02 });
    });
}

interface Begun {
  readonly keys: CardKeyWish;
  readonly hostChallenge: Uint8Array;
  readonly answer: InitializeUpdateAnswer;
}

/** INITIALIZE UPDATE with the first of the keys that the card has. */
async function initialize(
  channel: CardChannel,
  { keys: candidates, protocol, macBytes }: SecureChannelWish,
  random: RandomSource,
): Promise<Begun> {
  for (const keys of candidates) {
    const hostChallenge = random.bytes(macBytes);
    const command = buildInitializeUpdate(keys.keyVersion, hostChallenge);
    const { data, sw } = await exchange(channel, encodeCommand(command), PLACE);
    if (sw === SW.referenceDataNotFound) continue;
    if (sw !== SW.ok) throw failure(['INITIALIZE UPDATE', describeSw(sw)]);
    const answer = parseInitializeUpdateAnswer(data);
    if (answer.protocol.toLowerCase() !== protocol) throw new SecureChannelError('other-protocol');
    if (answer.protocol === 'SCP03' && answer.options.macBytes !== macBytes) {
      throw failure([`the card makes MACs of ${answer.options.macBytes} bytes, not ${macBytes}`]);
    }
    return { keys, hostChallenge, answer };
  }
  const wanted = candidates.map(({ keyVersion }) => formatByte(keyVersion)).join(', ');
  throw failure([`no key version ${wanted}`, await readKeyVersions(channel)]);
}

interface Establishing extends Begun {
  readonly wish: SecureChannelWish;
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
  const sessionKeys = await tools.cardKeys.deriveCardSession(card, session);
  try {
    const { externalAuthenticate, session: wrapping } = openSession(given, sessionKeys);
    const { sw } = await exchange(channel, encodeCommand(externalAuthenticate), PLACE);
    if (sw !== SW.ok) {
      wrapping.close();
      throw failure(['EXTERNAL AUTHENTICATE', describeSw(sw)]);
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

interface ChannelKeys {
  readonly card: CardKeys;
  readonly session: CardSession;
  readonly cardKeys: CardKeyHsm;
  readonly keySet: string;
  readonly keyVersion: number;
}

class GlobalPlatformChannel implements SecureCardChannel {
  constructor(
    private readonly channel: CardChannel,
    private readonly wrapping: Scp03Session | Scp02Session,
    private readonly keys: ChannelKeys,
  ) {}

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    return encodeResponse(await this.#exchange(parseCommand(command)));
  }

  encryptKeyData(plain: Uint8Array): Promise<Uint8Array> {
    const { card, session, cardKeys } = this.keys;
    return cardKeys.encryptForCard(card, session, plain);
  }

  async putKeys(next: CardKeyWish): Promise<void> {
    const { card, session, cardKeys, keySet, keyVersion } = this.keys;
    // A chip that was begun before has them already: it has just proved so.
    if (next.keySet === keySet && next.keyVersion === keyVersion) return;
    const { diversificationData } = card;
    const fields = await cardKeys.wrapCardKeys(card, session, { ...next, diversificationData });
    const put = {
      ...{ replacedVersion: 0, newVersion: next.keyVersion, firstKeyId: FIRST_KEY_ID, fields },
    };
    const { data, sw } = await this.#exchange(buildPutKey(put));
    if (sw !== SW.ok) throw new ProductionError('CARD_REFUSED', 'put-key', [describeSw(sw)]);
    if (!verifyPutKeyAnswer(put, data)) {
      throw new ProductionError('CARD_CHANNEL_FAILED', 'put-key', [
        'the card answers other check values than those of its new keys',
      ]);
    }
  }

  close(): void {
    this.wrapping.close();
  }

  #exchange(command: ReturnType<typeof parseCommand>): Promise<ResponseApdu> {
    return asChannelFailure(async () => {
      const wrapped = encodeCommand(this.wrapping.wrapCommand(command));
      return this.wrapping.unwrapResponse(await exchange(this.channel, wrapped, 'secure channel'));
    });
  }
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

async function asChannelFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof SecureChannelError) && !(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('CARD_CHANNEL_FAILED', PLACE, [cause.message], { cause });
  }
}

function failure(reasons: readonly string[]): ProductionError {
  return new ProductionError('CARD_CHANNEL_FAILED', PLACE, reasons);
}

function formatByte(value: number): string {
  return value.toString(16).toUpperCase().padStart(2, '0');
}
