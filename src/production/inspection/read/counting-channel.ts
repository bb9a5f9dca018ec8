import type { ApduChannel } from '../../../standards/access/terminal/apdu-channel';
import { ProductionError } from '../../errors';
import type { CardChannel } from '../../ports';

/** More than any chip of 256 kB needs in blocks of the smallest size that chips use. */
const MAX_APDUS = 20_000;

/**
 * Counts what goes over a card's channel, bounds it, and knows a card that was pulled: some
 * drivers report that as a success without a status word.
 */
export class CountingChannel implements ApduChannel {
  #apdus = 0;

  constructor(
    private readonly channel: CardChannel,
    private readonly maxApdus: number = MAX_APDUS,
  ) {}

  get apdus(): number {
    return this.#apdus;
  }

  /** @throws ProductionError `CARD_LOST`, `CARD_MUTE`, `CARD_REFUSED` when the chip never ends. */
  async transmit(command: Uint8Array): Promise<Uint8Array> {
    if (this.#apdus >= this.maxApdus) {
      throw new ProductionError('CARD_REFUSED', 'reading the chip', [
        `no end after ${this.maxApdus} commands`,
      ]);
    }
    this.#apdus++;
    const response = await this.channel.transmit(command);
    if (response.length < 2) {
      throw new ProductionError('CARD_LOST', 'reading the chip', ['no status word came back']);
    }
    return response;
  }
}
