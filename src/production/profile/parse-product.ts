import { listProductContradictions } from './product-contradictions';
import { PRODUCT_SCHEMA, type ProductYaml } from './product-schema';
import type { ProductProfile } from './product';
import type { ProfileFile } from '../ports';
import { requireProfile, type ProfileReading } from './profile-problem';
import { readYaml } from './read-yaml';
import { compileSchema, listSchemaProblems } from './schema-check';

const check = compileSchema<ProductYaml>(PRODUCT_SCHEMA);

/**
 * The product in the text of a file in `card-profiles/products/`.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `PROFILE_INVALID` with everything that is wrong, each with its line.
 */
export function parseProduct(text: string, file: string): ProductProfile {
  return requireProfile(readProduct({ text, file }));
}

/** The product, or everything that is wrong with it. */
export function readProduct(text: ProfileFile): ProfileReading<ProductProfile> {
  const source = readYaml(text);
  if (source.problems.length > 0) return { problems: source.problems };
  const { data } = source;
  if (!check(data)) return { problems: listSchemaProblems(check, source) };
  const { product: name, ...rest } = data;
  const problems = listProductContradictions({ name, ...rest }, text.file).map(
    ({ path, ...what }) => source.problem(path, what),
  );
  return problems.length > 0 ? { problems } : { profile: { name, ...rest }, problems: [] };
}
