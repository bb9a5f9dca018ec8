import type { CommandApdu } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import type { SessionKeys } from '../session-keys';
import { type ApduChannel, type CommandChannel, PlainChannel } from './apdu-channel';
import { type ChipChannel, SecureChannel } from './secure-channel';

/**
 * A chip that gives its files to everybody, until Chip Authentication brings it keys
 * [9303-11 §4.2].
 */
export class UnprotectedChannel implements ChipChannel {
  readonly #chip: ApduChannel;
  #channel: CommandChannel;

  constructor(chip: ApduChannel) {
    this.#chip = chip;
    this.#channel = new PlainChannel(chip);
  }

  send(command: CommandApdu): Promise<ResponseApdu> {
    return this.#channel.send(command);
  }

  restart(keys: SessionKeys): void {
    this.#channel = new SecureChannel(this.#chip, keys);
  }
}
