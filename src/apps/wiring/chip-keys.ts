import { chipKeyMaker } from '../../adapters/chip-keys/chip-key-maker';
import { ChipKeyPool } from '../../adapters/chip-keys/chip-key-pool';
import type { ChipKeyMaker } from '../../production/ports';

/** RSA keys that wait for their cards; at 3,072 bits one takes a third of a second. */
const POOL_SIZE = 8;

export function openChipKeyMaker(): ChipKeyMaker {
  return chipKeyMaker;
}

/** For programs that make one card after the other; to be closed at their end. */
export function openChipKeyPool(): ChipKeyMaker & { close(): Promise<void> } {
  return new ChipKeyPool(chipKeyMaker, { size: POOL_SIZE });
}
