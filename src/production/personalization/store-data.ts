import { encodeCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { padIso } from '../../standards/crypto/iso-padding';
import {
  buildStoreData,
  encodeDataGrouping,
  MAX_BLOCKS,
  planBlocks,
  STORE_DATA_P1,
} from '../../standards/gp/store-data';
import type { PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { ChipLimits } from '../profile/chip';

const CIPHER_BLOCK = 16;

/**
 * Data groupings as one sequence of STORE DATA commands, cut where a command of this chip is full.
 *
 * @throws ProductionError `FILE_TOO_LARGE` when more blocks would be needed than P2 counts.
 */
export function storeGroupings(
  groupings: readonly Uint8Array[],
  limits: ChipLimits,
): readonly Uint8Array[] {
  const data = concatBytes(...groupings);
  const count = Math.ceil(data.length / limits.commandDataBytes);
  if (count > MAX_BLOCKS) {
    throw new ProductionError('FILE_TOO_LARGE', 'STORE DATA', [
      `${count} blocks are needed, ${MAX_BLOCKS} can be counted`,
    ]);
  }
  const blocks = planBlocks(data, limits.commandDataBytes);
  return buildStoreData(blocks, STORE_DATA_P1.dgiFormat).map(encodeCommand);
}

/**
 * One data grouping whose value the channel is to encrypt: padded to the cipher's blocks, in one
 * command, because what is encrypted is not cut.
 *
 * @throws ProductionError `PROFILE_INVALID` when it does not fit into one command of this chip.
 */
export function storeEncrypted(
  dgi: Uint8Array,
  value: Uint8Array,
  limits: ChipLimits,
): Required<Pick<PersoStep, 'commands' | 'encryptFrom'>> {
  const padded = padIso(value, CIPHER_BLOCK);
  const data = encodeDataGrouping(dgi, padded);
  if (data.length > limits.commandDataBytes) {
    throw new ProductionError('PROFILE_INVALID', 'STORE DATA', [
      `an encrypted value needs ${data.length} bytes, a command takes ${limits.commandDataBytes}`,
    ]);
  }
  return {
    commands: buildStoreData([data], STORE_DATA_P1.dgiFormat | STORE_DATA_P1.encrypted).map(
      encodeCommand,
    ),
    encryptFrom: data.length - padded.length,
  };
}
