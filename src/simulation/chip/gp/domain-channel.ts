import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { decodeUint, encodeUint } from '../../../standards/bytes/integer';
import { decryptAesCbc } from '../../../standards/crypto/aes';
import { decryptTripleDesEcb } from '../../../standards/crypto/triple-des';
import {
  answerScp02InitializeUpdate,
  answerScp03InitializeUpdate,
} from '../../../standards/gp/answer-initialize-update';
import { acceptScp02 } from '../../../standards/gp/open-scp02';
import { acceptScp03 } from '../../../standards/gp/open-scp03';
import { deriveScp02CardChallenge, deriveScp02SessionKeys } from '../../../standards/gp/scp02-keys';
import { parseScp02Options } from '../../../standards/gp/scp02-options';
import type { Scp02Session } from '../../../standards/gp/scp02-session';
import { deriveScp03CardChallenge } from '../../../standards/gp/scp03-keys';
import { parseScp03Options } from '../../../standards/gp/scp03-options';
import type { Scp03Session } from '../../../standards/gp/scp03-session';
import { SecureChannelError } from '../../../standards/gp/secure-channel-error';
import { SECURITY_LEVEL_BIT } from '../../../standards/gp/security-level';
import type { RandomSource } from '../../../production/ports';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { readProtocolParameters } from './domain-delivery';
import { findKeySet, type KeySet, readKeyCounter, writeKeyCounter } from './key-sets';

const NO_DATA = new Uint8Array();
const FAILURES = 'channel-failures';
/** Wrong host cryptograms in a row after which the chip opens no channel any more [GPC-C §7.2]. */
const MAX_FAILURES = 10;
/** The most that a counter reaches; a set with it opens no channel any more [GPC-C §E.1.2]. */
const LAST_COUNT = { aes: 0xff_ffff, '3des': 0x7fff } as const;
const COUNTER_BYTES = { aes: 3, '3des': 2 } as const;
const SCP02_CHALLENGE_BYTES = 6;
const AES_BLOCK = 16;
const DES_BLOCK = 8;

export interface ChannelOwner {
  readonly aid: Uint8Array;
  /** 10 bytes from which the owner of the chips derives this one's keys. */
  readonly diversificationData: Uint8Array;
}

interface Begun {
  readonly keySet: KeySet;
  /** Throws SecureChannelError when EXTERNAL AUTHENTICATE is wrong. */
  readonly accept: (command: CommandApdu) => Scp02Session | Scp03Session;
  readonly decrypt: (data: Uint8Array) => Uint8Array;
}

interface Open extends Begun {
  readonly session: Scp02Session | Scp03Session;
  readonly level: number;
}

/**
 * The secure channel of the security domain, under whichever of its key sets the host names: SCP03
 * with AES keys, SCP02 with 3DES keys, with the parameters i that the chip was delivered with
 * [GPC-C §E, GPC-D §5 to §7].
 */
export class DomainChannel {
  #begun: Begun | undefined;
  #open: Open | undefined;

  constructor(
    private readonly memory: NvMemory,
    private readonly random: RandomSource,
    private readonly owner: ChannelOwner,
  ) {}

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Whether every command of the open channel carries a MAC. */
  get hasCommandMac(): boolean {
    return ((this.#open?.level ?? 0) & SECURITY_LEVEL_BIT.cMac) !== 0;
  }

  /** The set that the channel was opened with. */
  get keySet(): KeySet {
    return this.#require().keySet;
  }

  close(): void {
    this.#open?.session.close();
    this.#open = undefined;
    this.#begun = undefined;
  }

  initializeUpdate({ p1, data = NO_DATA }: CommandApdu): Uint8Array {
    this.close();
    if (this.#failures() >= MAX_FAILURES) refuse(SW.authenticationBlocked);
    const keySet = findKeySet(this.memory, p1) ?? refuse(SW.referenceDataNotFound);
    return keySet.cipher === 'aes'
      ? this.#beginScp03(keySet, data)
      : this.#beginScp02(keySet, data);
  }

  externalAuthenticate(command: CommandApdu): void {
    const begun = this.#begun ?? refuse(SW.conditionsNotSatisfied);
    this.#begun = undefined;
    try {
      this.#open = { ...begun, session: begun.accept(command), level: command.p1 };
    } catch (error) {
      if (error instanceof SecureChannelError) {
        this.memory.put({ [FAILURES]: Uint8Array.of(this.#failures() + 1) });
      }
      throw error;
    }
    if (this.#failures() > 0) this.memory.remove(FAILURES);
    // The counter of SCP02 counts channels that were opened, that of SCP03 those that were begun.
    if (begun.keySet.cipher === '3des') this.#count(begun.keySet);
  }

  /** @throws SecureChannelError when the command is not what the host sent. */
  unwrap(command: CommandApdu): CommandApdu {
    return this.#require().session.unwrapCommand(command);
  }

  wrap(response: ResponseApdu): ResponseApdu {
    return this.#require().session.wrapResponse(response);
  }

  /** What came under the data encryption key of the channel, still padded; 6A80 for part blocks. */
  decryptSensitive(data: Uint8Array): Uint8Array {
    const { decrypt, keySet } = this.#require();
    const block = keySet.cipher === 'aes' ? AES_BLOCK : DES_BLOCK;
    if (data.length === 0 || data.length % block !== 0) refuse(SW.wrongData);
    return decrypt(data);
  }

  #beginScp03(keySet: KeySet, hostChallenge: Uint8Array): Uint8Array {
    const { keys, version } = keySet;
    const options = parseScp03Options(readProtocolParameters(this.memory).scp03);
    const sequenceCounter = this.#count(keySet);
    const source = { sequenceCounter, securityDomainAid: this.owner.aid };
    const { data, acceptance } = answerScp03InitializeUpdate({
      ...{ keys, options, hostChallenge, sequenceCounter },
      keyVersion: version,
      diversificationData: this.owner.diversificationData,
      cardChallenge: options.pseudoRandomChallenge
        ? deriveScp03CardChallenge(keys, source, options.macBytes)
        : this.random.bytes(options.macBytes),
    });
    this.#begun = {
      keySet,
      accept: (command) => acceptScp03(acceptance, command),
      decrypt: (sent) => decryptAesCbc(keys.dataEncryption, new Uint8Array(AES_BLOCK), sent),
    };
    return data;
  }

  #beginScp02(keySet: KeySet, hostChallenge: Uint8Array): Uint8Array {
    const { keys, version } = keySet;
    const i = readProtocolParameters(this.memory).scp02;
    const sequenceCounter = encodeUint(this.#next(keySet), COUNTER_BYTES['3des']);
    const sessionKeys = deriveScp02SessionKeys(keys, sequenceCounter);
    const { data, acceptance } = answerScp02InitializeUpdate({
      ...{ keys, i, hostChallenge, sequenceCounter },
      keyVersion: version,
      diversificationData: this.owner.diversificationData,
      cardChallenge: parseScp02Options(i).pseudoRandomChallenge
        ? deriveScp02CardChallenge(sessionKeys, this.owner.aid)
        : this.random.bytes(SCP02_CHALLENGE_BYTES),
    });
    this.#begun = {
      keySet,
      accept: (command) => acceptScp02(acceptance, command),
      decrypt: (sent) => decryptTripleDesEcb(sessionKeys.dataEncryption, sent),
    };
    return data;
  }

  /** What the set's counter is for the channel that begins; 6985 once it is used up. */
  #next({ version, cipher }: KeySet): number {
    const count = decodeUint(readKeyCounter(this.memory, version) ?? NO_DATA);
    if (count >= LAST_COUNT[cipher]) refuse(SW.conditionsNotSatisfied);
    return cipher === 'aes' ? count + 1 : count;
  }

  #count(keySet: KeySet): Uint8Array {
    const { version, cipher } = keySet;
    const next = this.#next(keySet) + (cipher === 'aes' ? 0 : 1);
    const counter = encodeUint(next, COUNTER_BYTES[cipher]);
    writeKeyCounter(this.memory, version, counter);
    return counter;
  }

  #failures(): number {
    return this.memory.value(FAILURES)?.[0] ?? 0;
  }

  #require(): Open {
    return this.#open ?? refuse(SW.securityStatusNotSatisfied);
  }
}
