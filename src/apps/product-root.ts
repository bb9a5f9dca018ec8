import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `card-profiles/`: of the checkout, whether run from `src/` or `dist/`. */
export function productRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'card-profiles', 'products'))) return folder;
    if (folder === dirname(folder)) throw new Error('card-profiles/ is missing beside the program');
  }
}
