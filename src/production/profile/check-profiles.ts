import { encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { ProductionError } from '../errors';
import type { ProfileFile, ProfileSource } from '../ports';
import { checkPair } from './check-pair';
import type { ChipProfile } from './chip';
import { readChip } from './parse-chip';
import { readProduct } from './parse-product';
import type { ProductProfile } from './product';
import type { ProfileProblem, ProfileReading } from './profile-problem';
import { readYaml } from './read-yaml';

/** What was looked at, and everything that is wrong with it. */
export interface ProfileCheck {
  readonly products: readonly string[];
  readonly chips: readonly string[];
  /** Products with the chips that they may be made on. */
  readonly pairs: number;
  readonly problems: readonly ProfileProblem[];
}

/**
 * Checks every product and chip of a source by itself, and every product on each of its chips.
 *
 * @throws ProductionError `INPUT_UNREADABLE` when the source cannot be read
 */
export async function checkProfiles(source: ProfileSource): Promise<ProfileCheck> {
  const [products, chips, faces] = await Promise.all([
    source.listProfiles('products'),
    source.listProfiles('chips'),
    source.listProfiles('faces'),
  ]);
  const chipReadings = new Map<string, ProfileReading<ChipProfile>>();
  const problems: ProfileProblem[] = [];
  for (const name of chips) {
    const file = await source.readProfile('chips', name);
    const reading = readChip(file);
    chipReadings.set(name, reading);
    problems.push(...reading.problems);
    if (reading.profile) problems.push(...(await checkPackages(source, file, reading.profile)));
  }
  let pairs = 0;
  for (const name of products) {
    const file = await source.readProfile('products', name);
    const reading = readProduct(file);
    problems.push(...reading.problems);
    if (reading.profile === undefined) continue;
    pairs += reading.profile.chips.length;
    problems.push(...checkReferences({ file, product: reading.profile, chipReadings, faces }));
  }
  return { products, chips, pairs, problems };
}

/** A package that a chip loads must be there, and be the one that the profile means. */
async function checkPackages(
  source: ProfileSource,
  file: ProfileFile,
  { keyScript, script }: ChipProfile,
): Promise<readonly ProfileProblem[]> {
  const problems: ProfileProblem[] = [];
  const steps = [
    ...keyScript.map((step, index) => ({ step, path: ['keyScript', index, 'package'] })),
    ...script.map((step, index) => ({ step, path: ['script', index, 'package'] })),
  ];
  for (const { step, path } of steps) {
    if (step.verb !== 'load') continue;
    const found = await describePackage(source, step.package);
    const allowed = `SHA-256 ${encodeHex(step.sha256)}`;
    if (found === allowed) continue;
    problems.push(readYaml(file).problem(path, { found, allowed }));
  }
  return problems;
}

async function describePackage(source: ProfileSource, name: string): Promise<string> {
  try {
    return `SHA-256 ${encodeHex(digestBytes('sha256', await source.readPackage(name)))}`;
  } catch (error) {
    if (!(error instanceof ProductionError) || error.code !== 'PROFILE_UNKNOWN') throw error;
    return `the unknown package "${name}"`;
  }
}

interface References {
  readonly file: ProfileFile;
  readonly product: ProductProfile;
  readonly chipReadings: ReadonlyMap<string, ProfileReading<ChipProfile>>;
  readonly faces: readonly string[];
}

/** What a product names must exist, and its chips must be able to carry it. */
function checkReferences({ file, product, chipReadings, faces }: References): ProfileProblem[] {
  const source = readYaml(file);
  const problems = product.chips.flatMap((name, index) => {
    const path = ['chips', index];
    const reading = chipReadings.get(name);
    if (reading === undefined) {
      const allowed = [...chipReadings.keys()].join(', ');
      return [source.problem(path, { found: `the unknown chip "${name}"`, allowed })];
    }
    if (reading.profile === undefined) return [];
    return checkPair(product, reading.profile).map((reason) =>
      source.problem(path, { found: `${name}: ${reason}`, allowed: 'a chip that can carry it' }),
    );
  });
  if (!faces.includes(product.face)) {
    const found = `the unknown face "${product.face}"`;
    problems.push(source.problem(['face'], { found, allowed: faces.join(', ') }));
  }
  return problems;
}
