import type { ChipKey, ChipKeys } from '../document/signed-document';
import type { ChipKeyMaker } from '../ports';
import type { ChipProfile } from '../profile/chip';
import type { ProductProfile } from '../profile/product';

/**
 * The key pairs that a new chip is to have as far as the host makes them: for Active
 * Authentication where the product has DG15, for Chip Authentication where it has DG14. They are
 * made for one card; a remake gets others.
 */
export async function makeChipKeys(
  { product, chip }: { readonly product: ProductProfile; readonly chip: ChipProfile },
  maker: ChipKeyMaker,
): Promise<ChipKeys> {
  const { activeAuthentication: aa, chipAuthentication: ca } = chip;
  const { files } = product.lds;
  return {
    ...(aa?.keyOrigin === 'host' &&
      files.includes('EF.DG15') && {
        activeAuthentication:
          aa.algorithm === 'rsa'
            ? await makeRsa(maker, aa.modulusBits)
            : await makeEc(maker, aa.curve),
      }),
    ...(ca?.keyOrigin === 'host' &&
      files.includes('EF.DG14') && { chipAuthentication: await makeEc(maker, ca.curve) }),
  };
}

async function makeRsa(maker: ChipKeyMaker, modulusBits: number): Promise<ChipKey> {
  return { type: 'rsa', ...(await maker.makeRsa(modulusBits)) };
}

async function makeEc(maker: ChipKeyMaker, curve: string): Promise<ChipKey> {
  return { type: 'ec', curve, ...(await maker.makeEc(curve)) };
}
