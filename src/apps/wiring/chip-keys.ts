import { chipKeyMaker } from '../../adapters/chip-keys/chip-key-maker';
import type { ChipKeyMaker } from '../../production/ports';

export function openChipKeyMaker(): ChipKeyMaker {
  return chipKeyMaker;
}
