import type { ApprovedRecord } from '../document/approved-record';
import { ProductionError } from '../errors';
import type { ProfileSource } from '../ports';
import type { ChipProfile, ScriptStep } from './chip';
import { checkPair } from './check-pair';
import { listRecordFiles } from './document-files';
import { parseChip } from './parse-chip';
import { parseProduct } from './parse-product';
import type { ProductProfile } from './product';

/** @throws ProductionError `PROFILE_UNKNOWN`, `PROFILE_INVALID` */
export async function loadProduct(source: ProfileSource, name: string): Promise<ProductProfile> {
  const { text, file } = await source.readProfile('products', name);
  return parseProduct(text, file);
}

/** @throws ProductionError `PROFILE_UNKNOWN`, `PROFILE_INVALID` */
export async function loadChip(source: ProfileSource, name: string): Promise<ChipProfile> {
  const { text, file } = await source.readProfile('chips', name);
  return readPackages(source, parseChip(text, file));
}

/** The chip with the packages that its script loads; their hashes are looked at when it is compiled. */
async function readPackages(source: ProfileSource, chip: ChipProfile): Promise<ChipProfile> {
  const fill = (script: readonly ScriptStep[]): Promise<readonly ScriptStep[]> =>
    Promise.all(
      script.map(async (step) =>
        step.verb === 'load' ? { ...step, content: await source.readPackage(step.package) } : step,
      ),
    );
  const [keyScript, script] = await Promise.all([fill(chip.keyScript), fill(chip.script)]);
  return { ...chip, keyScript, script };
}

/** A product and one of its chips, proven to go together. */
export interface ProfilePair {
  readonly product: ProductProfile;
  readonly chip: ChipProfile;
}

/**
 * A product with the chip that was named, or with its first one.
 *
 * @throws ProductionError `PROFILE_UNKNOWN`, `PROFILE_INVALID` also when the chip cannot carry the
 * product.
 */
export async function loadPair(
  source: ProfileSource,
  names: { readonly product: string; readonly chip?: string },
): Promise<ProfilePair> {
  const product = await loadProduct(source, names.product);
  const chip = await loadChip(source, names.chip ?? product.chips[0] ?? '');
  const reasons = checkPair(product, chip);
  if (reasons.length > 0) {
    throw new ProductionError('PROFILE_INVALID', `${product.name} on ${chip.name}`, reasons);
  }
  return { product, chip };
}

/**
 * Name of the first chip of a product that holds every file which this record asks for; the first
 * of all when none does, so that its own reason is told.
 *
 * @throws ProductionError `PROFILE_UNKNOWN`, `PROFILE_INVALID`
 */
export async function findChipFor(
  record: ApprovedRecord,
  productName: string,
  source: ProfileSource,
): Promise<string> {
  const product = await loadProduct(source, productName);
  const asked = listRecordFiles(record, product);
  for (const name of product.chips) {
    const { files } = await loadChip(source, name);
    if (asked.every((file) => files.has(file))) return name;
  }
  return product.chips[0] ?? '';
}
