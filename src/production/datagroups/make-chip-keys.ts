import type { ChipKey, ChipKeys } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { ChipKeyMaker } from '../ports';
import type { ChipProfile, KeyOrigin } from '../profile/chip';
import type { ProductProfile } from '../profile/product';

/** One key in 256 is too short. */
const MAX_RSA_TRIES = 64;

/** What is to be made, and what the chip has made by itself already. */
export interface ChipKeyOrder {
  readonly product: ProductProfile;
  readonly chip: ChipProfile;
  /** Public halves that the chip in the reader has answered. */
  readonly onChip?: ChipKeys;
}

/**
 * The key pairs of a new chip: for Active Authentication where the product has DG15, for Chip
 * Authentication where it has DG14. Those that the chip has not made the host makes, for one card;
 * a remake gets others.
 *
 * @throws ProductionError `READER_NO_CARD` when only the chip can make a key and none was there.
 */
export async function makeChipKeys(
  { product, chip, onChip = {} }: ChipKeyOrder,
  maker: ChipKeyMaker,
): Promise<ChipKeys> {
  const { activeAuthentication: aa, chipAuthentication: ca } = chip;
  const { files } = product.lds;
  const makeOwn = (origin: KeyOrigin, make: () => Promise<ChipKey>): Promise<ChipKey> => {
    if (origin !== 'chip') return make();
    throw new ProductionError('READER_NO_CARD', `${product.name} on ${chip.name}`, [
      'this chip makes its own keys before its files are built',
    ]);
  };
  return {
    ...(aa &&
      files.includes('EF.DG15') && {
        activeAuthentication:
          onChip.activeAuthentication ??
          (await makeOwn(aa.keyOrigin, () =>
            aa.algorithm === 'rsa' ? makeRsa(maker, aa.modulusBits) : makeEc(maker, aa.curve),
          )),
      }),
    ...(ca &&
      files.includes('EF.DG14') && {
        chipAuthentication:
          onChip.chipAuthentication ??
          (await makeOwn(ca.keyOrigin, () => makeEc(maker, ca.curve ?? ''))),
      }),
  };
}

/**
 * One whose private exponent begins with a zero byte is thrown away: the open passport applet drops
 * leading zeros of what it is given and then refuses a number of 127 bytes with 6F00 (observed
 * 2026-11 on its simulation).
 */
async function makeRsa(maker: ChipKeyMaker, modulusBits: number): Promise<ChipKey> {
  for (let tries = 0; tries < MAX_RSA_TRIES; tries++) {
    const key = await maker.makeRsa(modulusBits);
    if (key.privateExponent[0] !== 0) return { type: 'rsa', ...key };
  }
  throw new Error(`no RSA key of full length in ${MAX_RSA_TRIES} tries`);
}

async function makeEc(maker: ChipKeyMaker, curve: string): Promise<ChipKey> {
  return { type: 'ec', curve, ...(await maker.makeEc(curve)) };
}
