import { join } from 'node:path';
import { chipKeyMaker } from '../../adapters/chip-keys/chip-key-maker';
import { ChipKeyPool } from '../../adapters/chip-keys/chip-key-pool';
import { SealedKeyStock } from '../../adapters/chip-keys/sealed-key-stock';
import type { ChipKeyMaker, Hsm } from '../../production/ports';

/** RSA keys that wait for their cards; at 3,072 bits one takes a third of a second. */
const POOL_SIZE = 8;
/** Beside the keys of the line, which the HSM holds. */
const FOLDER = 'chip-keys';

/** The HSM makes the keys of chips where it can; a software HSM is no better than the program. */
export function openChipKeyMaker(hsm: Pick<Hsm, 'sign'>): ChipKeyMaker {
  return isChipKeyMaker(hsm) ? hsm : chipKeyMaker;
}

function isChipKeyMaker(hsm: object): hsm is ChipKeyMaker {
  return 'makeRsa' in hsm && 'makeEc' in hsm;
}

/**
 * For programs that make one card after the other; to be closed at their end. What waits then is
 * under the HSM's storage key, and there for the next program.
 */
export async function openChipKeyPool(place: {
  /** The directory of the line's keys. */
  readonly directory: string;
  readonly hsm: Pick<Hsm, 'seal' | 'open' | 'sign'>;
  /** Label of the `storage-wrap` key. */
  readonly label: string;
}): Promise<ChipKeyMaker & { close(): Promise<void> }> {
  const directory = join(place.directory, FOLDER);
  const stock = await SealedKeyStock.open({ ...place, directory });
  return new ChipKeyPool(openChipKeyMaker(place.hsm), { size: POOL_SIZE, stock });
}
