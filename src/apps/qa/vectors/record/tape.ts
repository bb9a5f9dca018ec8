import type { CommandApdu } from '../../../../standards/apdu/command';
import type { ResponseApdu } from '../../../../standards/apdu/response';
import type {
  ApduChannel,
  CommandChannel,
} from '../../../../standards/access/terminal/apdu-channel';

export interface Exchange<Command, Response> {
  readonly command: Command;
  readonly response: Response;
}

/** What really goes to the chip and comes back, in the order in which it went. */
export class ChannelTape implements ApduChannel {
  readonly exchanges: Exchange<Uint8Array, Uint8Array>[] = [];
  readonly #channel: ApduChannel;

  constructor(channel: ApduChannel) {
    this.#channel = channel;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.#channel.transmit(command);
    this.exchanges.push({ command: command.slice(), response: response.slice() });
    return response;
  }
}

/** The same behind secure messaging: commands and responses in plain. */
export class CommandTape implements CommandChannel {
  readonly exchanges: Exchange<CommandApdu, ResponseApdu>[] = [];
  readonly #channel: CommandChannel;

  constructor(channel: CommandChannel) {
    this.#channel = channel;
  }

  async send(command: CommandApdu): Promise<ResponseApdu> {
    const response = await this.#channel.send(command);
    this.exchanges.push({ command, response });
    return response;
  }
}

/** Random bytes that can be told afterwards; they are thrown away with the session. */
export class RandomTape {
  readonly given: Uint8Array[] = [];
  readonly #random: { bytes(length: number): Uint8Array };

  constructor(random: { bytes(length: number): Uint8Array }) {
    this.#random = random;
  }

  bytes(length: number): Uint8Array {
    const bytes = this.#random.bytes(length);
    this.given.push(bytes);
    return bytes;
  }
}
