import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import type { CardChannel } from '../../ports';

/** A chip that expects exactly these commands in this order, each with its answer. */
export class ScriptedChannel implements CardChannel {
  private next = 0;

  /** @param exchanges command and response in hexadecimal; an empty response is a pulled card */
  constructor(
    private readonly exchanges: readonly (readonly [command: string, answer: string])[],
  ) {}

  transmit(command: Uint8Array): Promise<Uint8Array> {
    const [expected, answer] = this.exchanges[this.next++] ?? [];
    const sent = encodeHex(command);
    if (expected === undefined || answer === undefined || sent !== encodeHex(decodeHex(expected))) {
      return Promise.reject(new Error(`sent ${sent}, expected ${expected ?? 'nothing more'}`));
    }
    return Promise.resolve(decodeHex(answer));
  }

  get isDone(): boolean {
    return this.next === this.exchanges.length;
  }
}
