import { ProductionError } from '../../production/errors';
import { CHIP_KINDS, type ChipKind, isChipKind } from '../../simulation/chip/chip-kinds';

/** The kind of chip that was named. @throws ProductionError `PROFILE_UNKNOWN` */
export function parseChipKind(name: string): ChipKind {
  if (isChipKind(name)) return name;
  throw new ProductionError('PROFILE_UNKNOWN', `chip "${name}"`, [
    `can be simulated: ${Object.keys(CHIP_KINDS).join(', ')}`,
  ]);
}
