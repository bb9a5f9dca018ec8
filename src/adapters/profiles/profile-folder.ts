import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import type { ProfileKind, ProfileSource } from '../../production/ports';

const ENDING = '.yaml';
/** Also keeps a name from leading out of the folder. */
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_BYTES = 1024 * 1024;

/**
 * Card profiles in a folder with `products/`, `chips/` and `faces/`, one YAML file each, and the CAP
 * files that chips name in `packages/`.
 */
export function openProfileFolder(folder: string): ProfileSource {
  return {
    async listProfiles(kind) {
      try {
        const names = await readdir(join(folder, kind));
        return names
          .filter((name) => name.endsWith(ENDING))
          .map((name) => name.slice(0, -ENDING.length))
          .sort();
      } catch (cause) {
        throw new ProductionError('INPUT_UNREADABLE', join(folder, kind), [], { cause });
      }
    },
    async readProfile(kind, name) {
      const file = join(folder, kind, `${name}${ENDING}`);
      if (!NAME.test(name)) throw new ProductionError('PROFILE_UNKNOWN', describe(kind, name));
      return { text: (await readBounded(file, describe(kind, name))).toString('utf8'), file };
    },
    async readPackage(name) {
      const what = `package "${name}"`;
      if (!NAME.test(name)) throw new ProductionError('PROFILE_UNKNOWN', what);
      return new Uint8Array(await readBounded(join(folder, 'packages', `${name}.cap`), what));
    },
  };
}

/**
 * @param what the thing that is unknown when the file is not there; without it, that file cannot be
 * read
 */
export async function readBounded(file: string, what?: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > MAX_BYTES) {
      throw new ProductionError('PROFILE_INVALID', file, [`it has more than ${MAX_BYTES} bytes`]);
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof ProductionError) throw cause;
    const { code = 'unknown cause' } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT' && what !== undefined
      ? new ProductionError('PROFILE_UNKNOWN', what, [`there is no ${file}`], { cause })
      : new ProductionError('INPUT_UNREADABLE', file, [code], { cause });
  }
}

function describe(kind: ProfileKind, name: string): string {
  return `${kind.slice(0, -1)} "${name}"`;
}
