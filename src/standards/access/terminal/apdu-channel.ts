import { type CommandApdu, encodeCommand } from '../../apdu/command';
import { parseResponse, type ResponseApdu } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { AccessError } from '../access-error';

/** One exchange with a chip; whoever owns the reader hands it in. */
export interface ApduChannel {
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** Random bytes, handed in by the caller. */
export interface RandomBytes {
  bytes(length: number): Uint8Array;
}

/** Commands as values, in plain or protected. */
export interface CommandChannel {
  /**
   * @throws MalformedError when nothing or half a status word comes back: a card pulled out.
   * @throws AccessError `too-long` when a chained response does not end.
   */
  send(command: CommandApdu): Promise<ResponseApdu>;
}

const MAX_RESPONSE_PARTS = 512;

/**
 * Sends commands as they are. A response that comes in parts, 61xx, is fetched and put together,
 * and a command with the wrong Le, 6Cxx, is repeated once with the right one
 * [ISO 7816-4 §5.6, §11.7.1].
 */
export class PlainChannel implements CommandChannel {
  readonly #channel: ApduChannel;

  constructor(channel: ApduChannel) {
    this.#channel = channel;
  }

  async send(command: CommandApdu): Promise<ResponseApdu> {
    const first = await this.#exchange(command);
    const response =
      first.sw >> 8 === 0x6c && first.data.length === 0
        ? await this.#exchange({ ...command, le: first.sw & 0xff || 0x100 })
        : first;
    return response.sw >> 8 === 0x61 ? this.#fetchRest(response) : response;
  }

  async #fetchRest(first: ResponseApdu): Promise<ResponseApdu> {
    const parts = [first.data];
    let { sw } = first;
    for (let part = 0; sw >> 8 === 0x61; part++) {
      if (part === MAX_RESPONSE_PARTS) {
        throw new AccessError('GET RESPONSE', 'too-long', 'the response does not end');
      }
      const le = sw & 0xff || 0x100;
      const next = await this.#exchange({ cla: 0x00, ins: 0xc0, p1: 0x00, p2: 0x00, le });
      parts.push(next.data);
      sw = next.sw;
    }
    return { data: concatBytes(...parts), sw };
  }

  async #exchange(command: CommandApdu): Promise<ResponseApdu> {
    return parseResponse(await this.#channel.transmit(encodeCommand(command)));
  }
}
