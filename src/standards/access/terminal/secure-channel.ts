import type { CommandApdu } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import { SecureMessaging } from '../secure-messaging/secure-messaging';
import type { SessionKeys } from '../session-keys';
import { type ApduChannel, type CommandChannel, PlainChannel } from './apdu-channel';

/** An open chip: commands reach it however it is protected [9303-11 §9.8]. */
export interface ChipChannel extends CommandChannel {
  /** Goes on with the keys that Chip Authentication agreed on [9303-11 §6.2.3]. */
  restart(keys: SessionKeys): void;
}

/**
 * A chip behind secure messaging: plain commands in, plain responses out, protected in between
 * [9303-11 §9.8].
 */
export class SecureChannel implements ChipChannel {
  readonly #plain: PlainChannel;
  #session: SecureMessaging;

  constructor(channel: ApduChannel, keys: SessionKeys) {
    this.#plain = new PlainChannel(channel);
    this.#session = new SecureMessaging(keys);
  }

  /**
   * Sends one command under protection.
   *
   * @throws SecureMessagingError when the response does not verify or is not protected; the
   * session is then at its end and the chip must be reset.
   */
  async send(command: CommandApdu): Promise<ResponseApdu> {
    const response = await this.#plain.send(this.#session.wrapCommand(command));
    return this.#session.unwrapResponse(response);
  }

  /** False after an error of secure messaging. */
  get open(): boolean {
    return !this.#session.closed;
  }

  restart(keys: SessionKeys): void {
    this.#session = new SecureMessaging(keys);
  }
}
