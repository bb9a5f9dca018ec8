import type { ChipKeyMaker } from '../../production/ports';
import { MemoryKeyStock } from './memory-key-stock';
import type { RsaKey, RsaKeyStock } from './rsa-key-stock';

export interface ChipKeyPoolOptions {
  /** Most keys of one length that wait; each is handed out once. */
  readonly size: number;
  /** Where they wait; in memory by default. */
  readonly stock?: RsaKeyStock;
}

/**
 * RSA keys made ahead, because one takes as long as a good part of a card. The first request for a
 * length starts its stock; one key at a time is made in the background, so that the cores stay with
 * the cards.
 */
export class ChipKeyPool implements ChipKeyMaker {
  readonly #stock: RsaKeyStock;
  readonly #lengths = new Set<number>();
  #refilling: Promise<void> | undefined;
  #closed = false;

  constructor(
    private readonly maker: ChipKeyMaker,
    private readonly options: ChipKeyPoolOptions,
  ) {
    this.#stock = options.stock ?? new MemoryKeyStock();
  }

  async makeRsa(modulusBits: number): Promise<RsaKey> {
    this.#lengths.add(modulusBits);
    try {
      const waiting = this.#closed ? undefined : await this.#stock.take(modulusBits);
      // Whoever waits comes first; the stock is filled behind it.
      return waiting ?? (await this.maker.makeRsa(modulusBits));
    } finally {
      this.#refill();
    }
  }

  makeEc(curve: string): ReturnType<ChipKeyMaker['makeEc']> {
    return this.maker.makeEc(curve);
  }

  /** Keys of one length that wait. */
  waiting(modulusBits: number): Promise<number> {
    return this.#stock.count(modulusBits);
  }

  /** Waits until nothing is being made any more. */
  async settled(): Promise<void> {
    while (this.#refilling !== undefined) await this.#refilling;
  }

  /** Makes no more keys, and overwrites those that would be lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
    this.#stock.close();
  }

  #refill(): void {
    if (this.#refilling !== undefined || this.#closed) return;
    this.#refilling = this.#makeOne()
      // Whoever asks next makes a key itself and is told what is wrong.
      .catch(() => false)
      .then((made) => {
        this.#refilling = undefined;
        if (made) this.#refill();
      });
  }

  /** Whether a key was missing and was made. */
  async #makeOne(): Promise<boolean> {
    for (const modulusBits of this.#lengths) {
      if ((await this.#stock.count(modulusBits)) >= this.options.size) continue;
      await this.#stock.put(modulusBits, await this.maker.makeRsa(modulusBits));
      return true;
    }
    return false;
  }
}
