import type { Products } from '../production/intake/check-record';
import type { ProfileSource } from '../production/ports';
import { loadProduct } from '../production/profile/load-profiles';

/** Every product of this installation, by name. */
export async function loadProducts(source: ProfileSource): Promise<Products> {
  const names = await source.listProfiles('products');
  return new Map(
    await Promise.all(names.map(async (name) => [name, await loadProduct(source, name)] as const)),
  );
}
