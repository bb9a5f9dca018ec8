import { type CommandApdu, encodeCommand, parseCommand } from '../../apdu/command';
import { encodeResponse, type ResponseApdu } from '../../apdu/response';
import { SW } from '../../apdu/status-words';
import { decodeUint } from '../../bytes/integer';
import type { MrzSecret } from '../../mrz/mrz-information';
import { encodeTlv, parseOnlyTlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import { deriveBacKeys } from '../bac/bac-keys';
import { answerBacCryptogram } from '../bac/bac-session';
import { PaceChip, type PaceChipInput } from '../pace/pace-chip';
import { parsePaceSelection } from '../pace/pace-objects';
import { SecureMessaging } from '../secure-messaging/secure-messaging';
import { SecureMessagingError } from '../secure-messaging/secure-messaging-error';
import type { ApduChannel } from '../terminal/apdu-channel';

export interface SmallChipOptions {
  readonly mrz?: MrzSecret;
  /** The run of PACE by the reference of the password in MSE:Set AT. */
  readonly pace?: (passwordReference: number) => PaceChipInput | undefined;
  readonly files: ReadonlyMap<number, Uint8Array>;
  /** Files that can be read without a session. */
  readonly openFiles?: readonly number[];
  /** Most bytes that one READ BINARY gives. */
  readonly mostBytes?: number;
  /** What a READ BINARY beyond the end answers. */
  readonly atEnd?: 'truncate' | '6282' | '6Cxx';
  readonly intercept?: (command: CommandApdu) => ResponseApdu | undefined;
}

const ok = (data: Uint8Array = new Uint8Array()): ResponseApdu => ({ data, sw: SW.ok });
const no = (sw: number): ResponseApdu => ({ data: new Uint8Array(), sw });

/** A chip with files behind BAC and PACE, enough to test the terminal's side. */
export class SmallChip implements ApduChannel {
  readonly #options: SmallChipOptions;
  #session: SecureMessaging | undefined;
  #pace: PaceChip | undefined;
  #file: number | undefined;
  /** Every command that came, in plain, for tests that count them. */
  readonly commands: CommandApdu[] = [];

  constructor(options: SmallChipOptions) {
    this.#options = options;
  }

  transmit(bytes: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(encodeResponse(this.#answer(parseCommand(bytes))));
  }

  #answer(command: CommandApdu): ResponseApdu {
    if ((command.cla & 0x0c) === 0) return this.#process(command);
    const session = this.#session;
    if (session === undefined || session.closed) return no(SW.secureMessagingNotSupported);
    try {
      return session.wrapResponse(this.#process(session.unwrapCommand(command)));
    } catch (error) {
      if (error instanceof SecureMessagingError) return no(error.answerSw);
      throw error;
    }
  }

  #process(command: CommandApdu): ResponseApdu {
    this.commands.push(parseCommand(encodeCommand(command)));
    const intercepted = this.#options.intercept?.(command);
    if (intercepted !== undefined) return intercepted;
    switch (command.ins) {
      case 0xa4:
        return this.#select(command);
      case 0xb0:
        return this.#read(command.p1 * 0x100 + command.p2, command.le ?? 0);
      case 0xb1:
        return this.#readOdd(command);
      case 0x84:
        return ok(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      case 0x82:
        return this.#bac(command);
      case 0x22:
        return this.#selectPace(command);
      case 0x86:
        return this.#paceStep(command);
      default:
        return no(SW.instructionNotSupported);
    }
  }

  #select({ p1, data = new Uint8Array() }: CommandApdu): ResponseApdu {
    if (p1 !== 0x02) return ok();
    const fid = decodeUint(data);
    if (!this.#options.files.has(fid)) return no(SW.fileNotFound);
    this.#file = fid;
    return ok();
  }

  #read(offset: number, le: number): ResponseApdu {
    const file = this.#options.files.get(this.#file ?? 0);
    if (file === undefined) return no(SW.commandNotAllowed);
    const open = this.#options.openFiles?.includes(this.#file ?? 0) ?? false;
    if (this.#session === undefined && !open) return no(SW.securityStatusNotSatisfied);
    const left = file.length - offset;
    if (left <= 0) return no(SW.wrongOffset);
    if (le > left && this.#options.atEnd === '6Cxx') return no(SW.wrongLe + left);
    const data = file.subarray(offset, offset + Math.min(le, this.#options.mostBytes ?? le));
    return { data, sw: le > left && this.#options.atEnd === '6282' ? SW.endOfFile : SW.ok };
  }

  #readOdd({ data = new Uint8Array(), le = 0 }: CommandApdu): ResponseApdu {
    const offset = decodeUint(parseOnlyTlv(data, 0x54, 'odd READ BINARY'));
    const header = le > 0x100 ? 4 : le > 0x82 ? 3 : 2;
    const response = this.#read(offset, le - header);
    return response.data.length === 0
      ? response
      : { ...response, data: encodeTlv(0x53, response.data) };
  }

  #bac({ data = new Uint8Array() }: CommandApdu): ResponseApdu {
    const { mrz } = this.#options;
    if (mrz === undefined) return no(SW.instructionNotSupported);
    try {
      const { response, session } = answerBacCryptogram(
        {
          keys: deriveBacKeys(mrz),
          rndIc: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
          kIc: new Uint8Array(16).fill(7),
        },
        data,
      );
      this.#session = new SecureMessaging(session);
      return ok(response);
    } catch (error) {
      if (error instanceof AccessError) return no(SW.authenticationFailed);
      throw error;
    }
  }

  #selectPace({ data = new Uint8Array() }: CommandApdu): ResponseApdu {
    const { passwordReference } = parsePaceSelection(data);
    const input = this.#options.pace?.(passwordReference);
    if (input === undefined) return no(SW.referenceDataNotFound);
    this.#pace = new PaceChip(input);
    return ok();
  }

  #paceStep({ data = new Uint8Array() }: CommandApdu): ResponseApdu {
    try {
      const response = this.#pace?.answer(data);
      if (response === undefined) return no(SW.conditionsNotSatisfied);
      const session = this.#pace?.result?.session;
      if (session !== undefined) this.#session = new SecureMessaging(session);
      return ok(response);
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      return no(error.reason === 'wrong-proof' ? SW.authenticationFailed : SW.wrongData);
    }
  }
}
