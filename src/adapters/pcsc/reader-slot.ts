import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ProductionError } from '../../production/errors';
import type { ConnectedCard } from './host-messages';
import {
  connectNative,
  disconnectNative,
  type NativeReader,
  transmitNative,
} from './native-reader';
import { pcscError } from './pcsc-errors';

/** Extended responses: 65,536 bytes and the status word. */
const MAX_RESPONSE_BYTES = 65_538;
/** pcscd needs a moment to forget a client that died, and holds its reader until then. */
const BUSY_PATIENCE_MS = 1_000;
const BUSY_RETRY_MS = 50;

/** One reader of pcscd, with what is known of the card in it. Lives in the PC/SC process. */
export class ReaderSlot {
  #state = 0;
  #atr: Uint8Array = new Uint8Array();
  #wakeUps: (() => void)[] = [];
  #card: { readonly cardId: string; readonly protocol: number } | undefined;
  #exchanging = false;
  #gone = false;

  constructor(private readonly native: NativeReader) {
    // Without listeners an error of a reader would end the process.
    native.on('error', () => this.#leave());
    native.on('end', () => this.#leave());
    native.on('status', ({ state, atr }) => {
      this.#state = state;
      this.#atr = new Uint8Array(atr ?? []);
      this.#wake();
    });
  }

  get name(): string {
    return this.native.name;
  }

  /** Waits for a card and takes hold of it alone. */
  async connect(timeoutMs: number): Promise<ConnectedCard> {
    this.#requireIdle();
    const deadline = performance.now() + timeoutMs;
    await this.#waitForCard(timeoutMs);
    if (this.native.connected) await this.#letGo();
    const patienceMs = Math.min(BUSY_PATIENCE_MS, Math.max(0, deadline - performance.now()));
    return this.#takeHold(performance.now() + patienceMs);
  }

  async transmit(cardId: string, command: Uint8Array): Promise<Uint8Array> {
    const card = this.#requireCard(cardId);
    this.#requireIdle();
    this.#exchanging = true;
    try {
      const response = await transmitNative(this.native, {
        command,
        protocol: card.protocol,
        maxResponseBytes: MAX_RESPONSE_BYTES,
      });
      // A card pulled in mid-transmit comes as success without a single byte (pcsclite 1.0.1).
      if (response.length < 2) throw this.#lost('the card was pulled while it was answering');
      return response;
    } catch (error) {
      this.#card = undefined;
      throw error instanceof ProductionError ? error : pcscError(error, this.name, 'exchange');
    } finally {
      this.#exchanging = false;
    }
  }

  /** Resets the card and keeps hold of it. */
  async reset(cardId: string): Promise<void> {
    const card = this.#requireCard(cardId);
    this.#requireIdle();
    await this.#letGo();
    try {
      this.#card = { cardId: card.cardId, protocol: await connectNative(this.native) };
    } catch (error) {
      throw pcscError(error, this.name, 'exchange');
    }
  }

  async disconnect(cardId: string): Promise<void> {
    if (this.#card?.cardId !== cardId) return;
    this.#requireIdle();
    await this.#letGo();
  }

  async #takeHold(deadline: number): Promise<ConnectedCard> {
    for (;;) {
      try {
        const protocol = await connectNative(this.native);
        const cardId = randomUUID();
        this.#card = { cardId, protocol };
        return { cardId, atr: this.#atr };
      } catch (error) {
        const failure = pcscError(error, this.name, 'connect');
        if (failure.code !== 'READER_BUSY' || performance.now() >= deadline) throw failure;
        await delay(BUSY_RETRY_MS);
      }
    }
  }

  /** Disconnects with a reset, so that no session of the chip is left to whoever comes next. */
  async #letGo(): Promise<void> {
    this.#card = undefined;
    try {
      await disconnectNative(this.native);
    } catch {
      // The card or pcscd is gone; the library would believe for ever that it is connected.
      this.native.connected = false;
    }
  }

  async #waitForCard(timeoutMs: number): Promise<void> {
    const timeout = AbortSignal.timeout(Math.max(0, timeoutMs));
    while (!this.#hasCard()) {
      if (this.#gone) throw new ProductionError('READER_NONE', this.name, ['it was unplugged']);
      if (timeout.aborted) {
        throw new ProductionError('READER_NO_CARD', this.name, [`waited ${timeoutMs} ms`]);
      }
      await new Promise<void>((resolve) => {
        this.#wakeUps.push(resolve);
        timeout.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if ((this.#state & this.native.SCARD_STATE_MUTE) !== 0) {
      throw new ProductionError('CARD_MUTE', this.name, ['the card does not answer the reset']);
    }
  }

  #hasCard(): boolean {
    return (this.#state & this.native.SCARD_STATE_PRESENT) !== 0;
  }

  #requireCard(cardId: string) {
    if (this.#card?.cardId !== cardId) throw this.#lost('its connection has ended');
    return this.#card;
  }

  #requireIdle(): void {
    if (this.#exchanging) {
      throw new ProductionError('CARD_MUTE', this.name, [
        'the reader still waits for a card that fell silent; take the card out',
      ]);
    }
  }

  #lost(reason: string): ProductionError {
    return new ProductionError('CARD_LOST', this.name, [reason]);
  }

  #leave(): void {
    this.#gone = true;
    this.#card = undefined;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakeUps.splice(0)) wake();
  }
}
