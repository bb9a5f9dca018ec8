import { ProductionError } from '../errors';
import type { ProfileSource } from '../ports';
import type { ChipProfile } from './chip';
import { checkPair } from './check-pair';
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
  return parseChip(text, file);
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
