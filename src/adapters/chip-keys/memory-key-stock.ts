import type { RsaKey, RsaKeyStock } from './rsa-key-stock';

/** Keys in memory alone: what was never handed out dies with the program. */
export class MemoryKeyStock implements RsaKeyStock {
  readonly #keys = new Map<number, RsaKey[]>();

  put(modulusBits: number, key: RsaKey): Promise<void> {
    this.#of(modulusBits).push(key);
    return Promise.resolve();
  }

  take(modulusBits: number): Promise<RsaKey | undefined> {
    return Promise.resolve(this.#of(modulusBits).shift());
  }

  count(modulusBits: number): Promise<number> {
    return Promise.resolve(this.#of(modulusBits).length);
  }

  close(): void {
    for (const { privateExponent } of [...this.#keys.values()].flat()) privateExponent.fill(0);
    this.#keys.clear();
  }

  #of(modulusBits: number): RsaKey[] {
    const keys = this.#keys.get(modulusBits) ?? [];
    this.#keys.set(modulusBits, keys);
    return keys;
  }
}
