import { encodeCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { padIso } from '../../standards/crypto/iso-padding';
import type { PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { ChipLimits } from '../profile/chip';
import { encodeDgiLength } from './fill-template';

/** Blocks that P2 can count. */
export const MAX_SEQUENCE_BLOCKS = 0x100;
const CIPHER_BLOCK = 16;

/** STORE DATA and the bits of its P1 [GPC-C §11.11.2.1]. */
const STORE_DATA = { cla: 0x80, ins: 0xe2 };
const P1 = { last: 0x80, encrypted: 0x60, dgiFormat: 0x08 };

/** Identifier, length and value of a data grouping [EMV CPS §3.2.1]. */
export function encodeGrouping(dgi: Uint8Array, value: Uint8Array): Uint8Array {
  return concatBytes(dgi, encodeDgiLength(value.length), value);
}

/**
 * Data groupings as one sequence of STORE DATA commands, cut where a command of this chip is full;
 * P2 counts the blocks and a bit of P1 marks the last one [GPC-C §11.11.2].
 *
 * @throws ProductionError `FILE_TOO_LARGE` when more blocks would be needed than P2 counts.
 */
export function storeGroupings(
  groupings: readonly Uint8Array[],
  limits: ChipLimits,
): readonly Uint8Array[] {
  const data = concatBytes(...groupings);
  const count = Math.ceil(data.length / limits.commandDataBytes);
  if (count > MAX_SEQUENCE_BLOCKS) {
    throw new ProductionError('FILE_TOO_LARGE', 'STORE DATA', [
      `${count} blocks are needed, ${MAX_SEQUENCE_BLOCKS} can be counted`,
    ]);
  }
  return Array.from({ length: count }, (_, index) => {
    const start = index * limits.commandDataBytes;
    const p1 = P1.dgiFormat | (index === count - 1 ? P1.last : 0);
    const block = data.subarray(start, start + limits.commandDataBytes);
    return encodeCommand({ ...STORE_DATA, p1, p2: index, data: block });
  });
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
  const head = concatBytes(dgi, encodeDgiLength(padded.length));
  const data = concatBytes(head, padded);
  if (data.length > limits.commandDataBytes) {
    throw new ProductionError('PROFILE_INVALID', 'STORE DATA', [
      `an encrypted value needs ${data.length} bytes, a command takes ${limits.commandDataBytes}`,
    ]);
  }
  const p1 = P1.dgiFormat | P1.encrypted | P1.last;
  return {
    commands: [encodeCommand({ ...STORE_DATA, p1, p2: 0, data })],
    encryptFrom: head.length,
  };
}
