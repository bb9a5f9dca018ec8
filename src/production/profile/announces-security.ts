import type { ChipProfile } from './chip';

/** Whether a chip of this kind has anything to say in EF.DG14 [9303-11 §9.2]. */
export function announcesSecurity({
  access,
  activeAuthentication,
  chipAuthentication,
}: Pick<ChipProfile, 'access' | 'activeAuthentication' | 'chipAuthentication'>): boolean {
  return (
    access.pace.length > 0 ||
    chipAuthentication !== undefined ||
    activeAuthentication?.algorithm === 'ecdsa'
  );
}
