import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import type { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { decodeHex } from '../../../standards/bytes/hex';
import type { RandomSource } from '../../../production/ports';
import type { Application } from '../application';
import type { NvMemory } from '../nv-memory';
import { StatusWordError } from '../status-word-error';
import { internalAuthenticate } from './active-authentication';
import {
  type AppletCommand,
  type AppletContext,
  type AppletSession,
  type CommandHandler,
  NO_DATA,
} from './applet-context';
import type { AppletVariant } from './applet-variants';
import { externalAuthenticate, getChallenge } from './bac-commands';
import { createFile, readBinary, selectFile, updateBinary } from './file-commands';
import { generalAuthenticate } from './pace-commands';
import { putData } from './personalization-commands';
import { manageSecurityEnvironment } from './security-environment';

export const PASSPORT_APPLET_AID = decodeHex('A0000002471001');

interface CommandRow {
  readonly run: CommandHandler;
  /** Inside a live session refused when it comes in plain; the classic form asks it of SELECT. */
  readonly needsProtection: 'always' | 'in-pace-form' | 'never';
  readonly paceFormOnly?: true;
}

/** Everything that the applet can do, by instruction. */
const COMMANDS: Readonly<Record<number, CommandRow>> = {
  0x22: { run: manageSecurityEnvironment, needsProtection: 'never' },
  0x82: { run: externalAuthenticate, needsProtection: 'never' },
  0x84: { run: getChallenge, needsProtection: 'never' },
  0x86: { run: generalAuthenticate, needsProtection: 'never', paceFormOnly: true },
  0x88: { run: internalAuthenticate, needsProtection: 'never' },
  0xa4: { run: selectFile, needsProtection: 'always' },
  0xb0: { run: readBinary, needsProtection: 'in-pace-form' },
  0xd6: { run: updateBinary, needsProtection: 'in-pace-form' },
  0xda: { run: putData, needsProtection: 'in-pace-form' },
  0xe0: { run: createFile, needsProtection: 'in-pace-form' },
};

const PROTECTED_CLASS = 0x0c;

/**
 * The open passport applet, answering as the published one does, its oddities included: errors
 * inside secure messaging come back in plain, and its session lives until the chip loses power.
 */
export class PassportApplet implements Application {
  readonly aid = PASSPORT_APPLET_AID;
  readonly extendedLength = false;
  #session: AppletSession = {};

  constructor(
    private readonly variant: AppletVariant,
    private readonly memory: NvMemory,
    private readonly random: RandomSource,
  ) {}

  reset(): void {
    this.#session = {};
  }

  /** It lives until the power goes, a selection by name comes in plain and is refused. */
  holdsSession(): boolean {
    return this.#session.channel !== undefined;
  }

  /** Without any data, and without forgetting which file is selected. */
  select(): ResponseApdu {
    return answer(SW.ok);
  }

  deselect(): void {
    // What it keeps it keeps until the power goes.
  }

  process(command: CommandApdu): ResponseApdu {
    const isProtected = (command.cla & PROTECTED_CLASS) === PROTECTED_CLASS;
    if (!isProtected) return this.#run(command, false);
    const { channel } = this.#session;
    if (channel === undefined) return answer(SW.secureMessagingNotSupported);
    return this.#runProtected(channel.messaging, command);
  }

  #runProtected(messaging: SecureMessaging, command: CommandApdu): ResponseApdu {
    let plain: CommandApdu;
    try {
      plain = messaging.unwrapCommand(command);
    } catch (error) {
      if (!(error instanceof SecureMessagingError)) throw error;
      return answer(this.variant.secureMessagingSw(error.reason));
    }
    const response = this.#run(plain, true);
    const wrapped = messaging.wrapResponse(response);
    if (this.#session.nextMessaging !== undefined) {
      this.#session.channel = { kind: 'bac', messaging: this.#session.nextMessaging };
      delete this.#session.nextMessaging;
    }
    // Wrapping has moved the counter on; of an error the status word alone leaves the chip.
    return response.sw === SW.ok ? wrapped : answer(response.sw);
  }

  #run(apdu: CommandApdu, isProtected: boolean): ResponseApdu {
    const command: AppletCommand = {
      ins: apdu.ins,
      p1: apdu.p1,
      p2: apdu.p2,
      data: apdu.data ?? NO_DATA,
      le: apdu.le,
      isProtected,
    };
    const row = COMMANDS[command.ins];
    if (row === undefined || (row.paceFormOnly === true && !this.variant.pace)) {
      return answer(SW.instructionNotSupported);
    }
    const { needsProtection } = row;
    const asks = needsProtection === 'always' || (needsProtection !== 'never' && this.variant.pace);
    if (asks && !isProtected && this.#session.channel !== undefined) {
      return answer(SW.securityStatusNotSatisfied);
    }
    try {
      return { data: row.run(this.#context(), command), sw: SW.ok };
    } catch (error) {
      if (error instanceof StatusWordError) return answer(error.sw);
      throw error;
    }
  }

  #context(): AppletContext {
    const { variant, memory, random } = this;
    return { variant, memory, random, session: this.#session };
  }
}

function answer(sw: number): ResponseApdu {
  return { data: NO_DATA, sw };
}
