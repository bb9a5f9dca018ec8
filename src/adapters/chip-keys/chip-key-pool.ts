import type { ChipKeyMaker } from '../../production/ports';

type RsaKey = Awaited<ReturnType<ChipKeyMaker['makeRsa']>>;

export interface ChipKeyPoolOptions {
  /** Most keys of one length that wait; each is handed out once. */
  readonly size: number;
}

/**
 * RSA keys made ahead, because one takes as long as a good part of a card. The first request for a
 * length starts its stock; one key at a time is made in the background, so that the cores stay with
 * the cards. The keys are in memory alone: what was never handed out dies with the program.
 */
export class ChipKeyPool implements ChipKeyMaker {
  readonly #stock = new Map<number, RsaKey[]>();
  #refilling: Promise<void> | undefined;
  #closed = false;

  constructor(
    private readonly maker: ChipKeyMaker,
    private readonly options: ChipKeyPoolOptions,
  ) {}

  makeRsa(modulusBits: number): Promise<RsaKey> {
    const waiting = this.#stock.get(modulusBits) ?? [];
    this.#stock.set(modulusBits, waiting);
    const key = waiting.shift();
    if (key === undefined) {
      // Whoever waits comes first; the stock is filled behind it.
      return this.maker.makeRsa(modulusBits).finally(() => this.#refill());
    }
    this.#refill();
    return Promise.resolve(key);
  }

  makeEc(curve: string): ReturnType<ChipKeyMaker['makeEc']> {
    return this.maker.makeEc(curve);
  }

  /** Keys that wait, by modulus length. */
  get waiting(): ReadonlyMap<number, number> {
    return new Map([...this.#stock].map(([bits, keys]) => [bits, keys.length]));
  }

  /** Waits until nothing is being made any more. */
  async settled(): Promise<void> {
    while (this.#refilling !== undefined) await this.#refilling;
  }

  /** Makes no more keys, and overwrites those that nobody asked for. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
    for (const { privateExponent } of [...this.#stock.values()].flat()) privateExponent.fill(0);
    this.#stock.clear();
  }

  #refill(): void {
    if (this.#refilling !== undefined || this.#closed) return;
    const short = [...this.#stock].find(([, keys]) => keys.length < this.options.size);
    if (short === undefined) return;
    const [bits, keys] = short;
    this.#refilling = this.maker
      .makeRsa(bits)
      .then((key) => {
        keys.push(key);
        return true;
      })
      // Whoever asks next makes a key itself and is told what is wrong.
      .catch(() => false)
      .then((made) => {
        this.#refilling = undefined;
        if (made) this.#refill();
      });
  }
}
