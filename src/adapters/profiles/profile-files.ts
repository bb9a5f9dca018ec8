import { ProductionError } from '../../production/errors';
import type { ProfileFile, ProfileKind, ProfileSource } from '../../production/ports';
import { readBounded } from './profile-folder';

/** By the member that names a profile; a product names its face, too, and is looked for first. */
const KINDS = [
  ['product', 'products'],
  ['chip', 'chips'],
  ['face', 'faces'],
] as const satisfies readonly (readonly [string, ProfileKind])[];

interface NamedFile extends ProfileFile {
  readonly kind: ProfileKind;
  readonly name: string;
}

/**
 * A source in which the given files stand beside its own profiles, or in place of those that have
 * the same name; for looking at a profile before it is put where the others are.
 *
 * @throws ProductionError `INPUT_UNREADABLE`, and `PROFILE_INVALID` for a file that does not say by
 * `product:`, `chip:` or `face:` what it describes, or says the same as one before it
 */
export async function addProfileFiles(
  source: ProfileSource,
  paths: readonly string[],
): Promise<ProfileSource> {
  const added = await Promise.all(paths.map(readNamed));
  for (const [index, { kind, name, file }] of added.entries()) {
    const earlier = added.slice(0, index).find((one) => one.kind === kind && one.name === name);
    if (earlier === undefined) continue;
    throw new ProductionError('PROFILE_INVALID', file, [`${earlier.file} has the same name`]);
  }
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
  for (const [word, kind] of KINDS) {
    const name = new RegExp(`^${word}:[ \\t]*['"]?([\\w-]+)`, 'm').exec(text)?.[1];
    if (name !== undefined) return { text, file: path, kind, name };
  }
  throw new ProductionError('PROFILE_INVALID', path, [
    'it has no member product, chip or face that says what it describes',
  ]);
}
