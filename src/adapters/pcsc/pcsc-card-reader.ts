import { type ErrorCode, ProductionError } from '../../production/errors';
import type { CardConnection, CardReader } from '../../production/ports';
import type { ConnectedCard, HostCall, HostResults } from './host-messages';

/** The one thing that a reader needs of the service. */
export interface HostCaller {
  call<Call extends HostCall>(call: Call): Promise<HostResults[Call['call']]>;
}

export class PcscCardReader implements CardReader {
  constructor(
    private readonly host: HostCaller,
    readonly name: string,
  ) {}

  async connect(options: { readonly timeoutMs: number }): Promise<CardConnection> {
    const { timeoutMs } = options;
    const card = await this.host.call({ call: 'connect', reader: this.name, timeoutMs });
    return new PcscConnection(this.host, this.name, card);
  }
}

/** Failures that leave nothing behind that could be disconnected. */
const NOTHING_LEFT: readonly ErrorCode[] = [
  'CARD_LOST',
  'CARD_MUTE',
  'READER_NONE',
  'READER_UNAVAILABLE',
];

class PcscConnection implements CardConnection {
  readonly atr: Uint8Array;
  readonly #cardId: string;

  constructor(
    private readonly host: HostCaller,
    private readonly reader: string,
    card: ConnectedCard,
  ) {
    this.atr = card.atr;
    this.#cardId = card.cardId;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.host.call({ call: 'transmit', ...this.#address(), command });
  }

  async reset(): Promise<void> {
    await this.host.call({ call: 'reset', ...this.#address() });
  }

  async disconnect(): Promise<void> {
    try {
      await this.host.call({ call: 'disconnect', ...this.#address() });
    } catch (error) {
      const isLeft = !(error instanceof ProductionError) || !NOTHING_LEFT.includes(error.code);
      if (isLeft) throw error;
    }
  }

  #address() {
    return { reader: this.reader, cardId: this.#cardId };
  }
}
