import { join } from 'node:path';
import { openProfileFolder } from '../../adapters/profiles/profile-folder';
import type { ProfileSource } from '../../production/ports';
import { productRoot } from '../product-root';

/** The profiles of this installation. */
export function openProfiles(): ProfileSource {
  return openProfileFolder(join(productRoot(), 'card-profiles'));
}
