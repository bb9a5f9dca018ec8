import { ProductionError } from '../../production/errors';
import type { ProfileFile, ProfileKind, ProfileSource } from '../../production/ports';
import { readBounded } from './profile-folder';

const KINDS = { product: 'products', chip: 'chips', face: 'faces' } as const;

interface NamedFile extends ProfileFile {
  readonly kind: ProfileKind;
  readonly name: string;
}

/**
 * A source in which the given files stand beside its own profiles, or in place of those that have
 * the same name; for looking at a profile before it is put where the others are.
 *
 * @throws ProductionError `INPUT_UNREADABLE`, and `PROFILE_INVALID` for a file that does not say by
 * `product:`, `chip:` or `face:` what it describes
 */
export async function addProfileFiles(
  source: ProfileSource,
  paths: readonly string[],
): Promise<ProfileSource> {
  const added = await Promise.all(paths.map(readNamed));
  const names = (kind: ProfileKind): string[] =>
    added.filter((file) => file.kind === kind).map(({ name }) => name);
  return {
    async listProfiles(kind) {
      return [...new Set([...(await source.listProfiles(kind)), ...names(kind)])].sort();
    },
    readProfile(kind, name) {
      const file = added.find((one) => one.kind === kind && one.name === name);
      return file === undefined ? source.readProfile(kind, name) : Promise.resolve(file);
    },
    readPackage: (name) => source.readPackage(name),
  };
}

async function readNamed(path: string): Promise<NamedFile> {
  const text = (await readBounded(path)).toString('utf8');
  // Read with as little as possible: what else is wrong with it is found by those who parse it.
  const [, word, name] = /^(product|chip|face):\s*['"]?([\w-]+)/m.exec(text) ?? [];
  if (word === undefined || name === undefined) {
    throw new ProductionError('PROFILE_INVALID', path, [
      'it has no member product, chip or face that says what it describes',
    ]);
  }
  return { text, file: path, kind: KINDS[word as keyof typeof KINDS], name };
}
