import { join } from 'node:path';
import { addProfileFiles } from '../../adapters/profiles/profile-files';
import { openProfileFolder } from '../../adapters/profiles/profile-folder';
import type { ProfileSource } from '../../production/ports';
import { productRoot } from '../product-root';

/** The profiles of this installation: those of `PERSOLINE_PROFILES`, or the shipped ones. */
export function openProfiles(): ProfileSource {
  const folder = process.env['PERSOLINE_PROFILES'];
  return openProfileFolder(
    folder === undefined || folder === '' ? join(productRoot(), 'card-profiles') : folder,
  );
}

/** The same with files that are not among them yet. */
export function openProfilesWith(files: readonly string[]): Promise<ProfileSource> {
  return addProfileFiles(openProfiles(), files);
}
