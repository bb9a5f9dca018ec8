import { ProductionError } from '../../production/errors';
import type { CardConnection, CardReader } from '../../production/ports';
import type { CardAnswer, VirtualCard } from './virtual-card';

/** Where the next card comes from when somebody waits for one; undefined: nobody puts one in. */
export type CardFeed = () => VirtualCard | undefined;

/**
 * A reader in this process, with one slot. A card lies in it until it is taken out; when the slot
 * is empty and a card is waited for, the feed is asked, as a machine takes the next blank.
 */
export class VirtualReader implements CardReader {
  #card: VirtualCard | undefined;

  constructor(
    readonly name: string,
    private readonly feed: CardFeed = () => undefined,
  ) {}

  get card(): VirtualCard | undefined {
    return this.#card;
  }

  insert(card: VirtualCard): void {
    if (this.#card !== undefined) throw new Error('there is a card in the reader already');
    this.#card = card;
  }

  /** Takes the card out, whatever it is doing. */
  remove(): VirtualCard | undefined {
    const card = this.#card;
    card?.powerOff();
    this.#card = undefined;
    return card;
  }

  connect(options: { readonly timeoutMs: number }): Promise<CardConnection> {
    this.#card ??= this.feed();
    const card = this.#card;
    if (card === undefined) {
      return Promise.reject(
        new ProductionError('READER_NO_CARD', this.name, [`waited ${options.timeoutMs} ms`]),
      );
    }
    return Promise.resolve(new VirtualConnection(this, card));
  }
}

class VirtualConnection implements CardConnection {
  readonly atr: Uint8Array;
  #open = true;

  constructor(
    private readonly reader: VirtualReader,
    private readonly card: VirtualCard,
  ) {
    this.atr = card.powerOn();
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const isThere = this.#open && this.reader.card === this.card;
    const answer: CardAnswer = isThere ? await this.card.transmit(command) : { kind: 'lost' };
    if (answer.kind === 'lost') throw new ProductionError('CARD_LOST', this.reader.name);
    if (answer.kind === 'mute') throw new ProductionError('CARD_MUTE', this.reader.name);
    return answer.bytes;
  }

  reset(): Promise<void> {
    if (this.reader.card !== this.card) {
      return Promise.reject(new ProductionError('CARD_LOST', this.reader.name));
    }
    this.card.reset();
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    this.#open = false;
    this.card.powerOff();
    return Promise.resolve();
  }
}
