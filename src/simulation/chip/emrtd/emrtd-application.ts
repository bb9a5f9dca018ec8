import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import type { RandomSource } from '../../../production/ports';
import type { Application } from '../application';
import { encodeTlv } from '../../../standards/tlv/tlv';
import { type ChipIdentity, encodeCplc } from '../chip-identity';
import { APPLICATION_STATE } from '../../../standards/gp/life-cycle-states';
import { LIFE_CYCLE, readCardState } from '../gp/life-cycle';
import { readApplicationState } from '../gp/registry';
import type { NvMemory } from '../nv-memory';
import { refuse, StatusWordError } from '../status-word-error';
import {
  type EmrtdCommand,
  type EmrtdContext,
  type EmrtdHandler,
  type EmrtdSession,
  NO_DATA,
} from './emrtd-context';
import { EMRTD_AID, readBinary, readBinaryOdd, select } from './file-commands';
import { authenticateByBac, getChallenge, setPace, stepPace } from './opening-commands';
import { resetRetryCounter } from './pin-counter';
import {
  internalAuthenticate,
  setChipAuthentication,
  setKeyAgreement,
  stepChipAuthentication,
} from './proving-commands';
import { authenticateTerminal, setTrustReference, verifyCertificate } from './terminal-commands';

const PROTECTED_CLASS = 0x0c;
const CHAINED_CLASS = 0x10;
const CPLC_TAG = 0x9f7f;
/** What fits into a protected response of 256 bytes, under every cipher. */
const SHORT_PROTECTED_ROOM = 223;

/** MSE by P1 and P2 [9303-11 §4.4.4.1, §6.2.4, §7.1.5]. */
const ENVIRONMENTS: Readonly<Record<number, EmrtdHandler>> = {
  0xc1a4: setPace,
  0x41a4: setChipAuthentication,
  0x41a6: setKeyAgreement,
  0x81a4: setTrustReference,
  0x81b6: setTrustReference,
};

const COMMANDS: Readonly<Record<number, EmrtdHandler>> = {
  0x2c: resetRetryCounter,
  0x22: (chip, command) => {
    const what = command.p1 * 0x100 + command.p2;
    const run = ENVIRONMENTS[what] ?? refuse(SW.incorrectP1P2);
    if (run !== setPace && !command.isProtected) refuse(SW.securityStatusNotSatisfied);
    delete chip.session.pace;
    return run(chip, command);
  },
  0x2a: verifyCertificate,
  0x82: (chip, command) =>
    command.isProtected ? authenticateTerminal(chip, command) : authenticateByBac(chip, command),
  0x84: getChallenge,
  0x86: (chip, command) =>
    command.isProtected && chip.session.pace === undefined
      ? stepChipAuthentication(chip, command)
      : stepPace(chip, command),
  0x88: internalAuthenticate,
  0xa4: select,
  0xb0: readBinary,
  0xb1: readBinaryOdd,
};

/**
 * The eMRTD application of the GlobalPlatform chip with its master file: every access protocol of
 * Doc 9303-11 and Terminal Authentication, extended length, and answers as the standard wants
 * them. A command in plain ends a session of secure messaging, and so does a broken one
 * [9303-11 §9.8.3].
 */
export class EmrtdApplication implements Application {
  readonly aid = EMRTD_AID;
  readonly extendedLength = true;
  #session: EmrtdSession = { folder: 'MF' };

  constructor(
    private readonly identity: ChipIdentity,
    private readonly memory: NvMemory,
    private readonly random: RandomSource,
  ) {}

  reset(): void {
    this.#session = { folder: 'MF' };
  }

  holdsSession(): boolean {
    return false;
  }

  /** Installed and made selectable, on a card that is not locked [GPC-C §5.1.1, §5.3.1]. */
  isSelectable(): boolean {
    const state = readApplicationState(this.memory);
    const card = readCardState(this.memory);
    const isCardOpen = card !== 'CARD_LOCKED' && card !== 'TERMINATED';
    return isCardOpen && state !== undefined && state !== APPLICATION_STATE.INSTALLED;
  }

  /** By name and in plain: a new beginning in the application's folder. */
  select(): ResponseApdu {
    this.#session = { folder: 'eMRTD' };
    return answer(SW.ok);
  }

  deselect(): void {
    this.reset();
  }

  process(command: CommandApdu): ResponseApdu {
    const isProtected = (command.cla & PROTECTED_CLASS) === PROTECTED_CLASS;
    if (isProtected) return this.#runProtected(command);
    if (this.#session.channel !== undefined) {
      this.#session = { folder: this.#session.folder };
    }
    if (command.ins === 0xca) return this.#identify(command);
    const response = this.#run(command, { isProtected: false, roomBytes: command.le ?? 0 });
    this.#changeChannel();
    return response;
  }

  #runProtected(command: CommandApdu): ResponseApdu {
    const { channel } = this.#session;
    if (channel === undefined) return answer(SW.secureMessagingNotSupported);
    let plain: CommandApdu;
    try {
      plain = channel.messaging.unwrapCommand(command);
    } catch (error) {
      if (!(error instanceof SecureMessagingError)) throw error;
      this.#session = { folder: this.#session.folder };
      return answer(error.answerSw);
    }
    const le = command.le ?? 0;
    const roomBytes = le > 0x100 ? le - 64 : SHORT_PROTECTED_ROOM;
    const response = this.#run(plain, { isProtected: true, roomBytes });
    const wrapped = channel.messaging.wrapResponse(response);
    const { nextMessaging } = this.#session;
    if (nextMessaging !== undefined) {
      this.#session.channel = { ...channel, messaging: nextMessaging };
      delete this.#session.nextMessaging;
    }
    this.#changeChannel();
    return wrapped;
  }

  /** A channel of PACE begins once its last step is answered, and what was proved before ends. */
  #changeChannel(): void {
    const { nextChannel, folder, selected } = this.#session;
    if (nextChannel === undefined) return;
    this.#session = { folder, channel: nextChannel, ...(selected && { selected }) };
  }

  #run(
    apdu: CommandApdu,
    how: { readonly isProtected: boolean; readonly roomBytes: number },
  ): ResponseApdu {
    const { p1, p2, data = NO_DATA, le } = apdu;
    const isChained = (apdu.cla & CHAINED_CLASS) !== 0;
    const command: EmrtdCommand = { p1, p2, data, le, isChained, ...how };
    const run = COMMANDS[apdu.ins];
    if (run === undefined) return answer(SW.instructionNotSupported);
    try {
      return { data: run(this.#context(), command), sw: SW.ok };
    } catch (error) {
      if (error instanceof StatusWordError) return answer(error.sw);
      if (error instanceof MalformedError) return answer(SW.wrongData);
      throw error;
    }
  }

  /** GET DATA in the master file: who the chip is, and how far its application's life is. */
  #identify({ p1, p2 }: CommandApdu): ResponseApdu {
    if (this.#session.folder !== 'MF') return answer(SW.instructionNotSupported);
    const tag = p1 * 0x100 + p2;
    if (tag === CPLC_TAG) return { data: encodeCplc(this.identity), sw: SW.ok };
    if (tag !== LIFE_CYCLE) return answer(SW.referenceDataNotFound);
    const state = Uint8Array.of(readApplicationState(this.memory) ?? 0x00);
    return { data: encodeTlv(LIFE_CYCLE, state), sw: SW.ok };
  }

  #context(): EmrtdContext {
    const { memory, random } = this;
    return { memory, random, session: this.#session };
  }
}

function answer(sw: number): ResponseApdu {
  return { data: NO_DATA, sw };
}
