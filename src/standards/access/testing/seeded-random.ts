import { encodeUint } from '../../bytes/integer';
import { digestBytes } from '../../crypto/digest-algorithms';
import { encodeUtf8 } from '../../bytes/text';
import type { RandomBytes } from '../terminal/apdu-channel';

/** Bytes that look random and are the same in every run of a test. */
export function seededRandom(seed: string): RandomBytes {
  let counter = 0;
  return {
    bytes(length: number): Uint8Array {
      const made = new Uint8Array(length);
      for (let offset = 0; offset < length; offset += 32) {
        const block = digestBytes('sha256', encodeUtf8(seed), encodeUint(counter++, 4));
        made.set(block.subarray(0, Math.min(32, length - offset)), offset);
      }
      return made;
    },
  };
}
