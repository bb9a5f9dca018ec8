import { createHash } from 'node:crypto';
import type { RandomSource } from '../production/ports';

/**
 * Random bytes that are the same for the same seed: SHA-256 over seed and counter. For tests and
 * the demo; nothing secret may come from it.
 */
export class SeededRandom implements RandomSource {
  #counter = 0;
  #pool = Buffer.alloc(0);

  constructor(private readonly seed: string) {}

  bytes(length: number): Uint8Array {
    while (this.#pool.length < length) {
      const block = createHash('sha256').update(`${this.seed}:${this.#counter}`).digest();
      this.#counter += 1;
      this.#pool = Buffer.concat([this.#pool, block]);
    }
    const taken = new Uint8Array(this.#pool.subarray(0, length));
    this.#pool = this.#pool.subarray(length);
    return taken;
  }
}
