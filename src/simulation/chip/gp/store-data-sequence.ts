import { SW } from '../../../standards/apdu/status-words';
import { concatBytes } from '../../../standards/bytes/concat';
import { MalformedError } from '../../../standards/bytes/malformed';
import { unpadIso } from '../../../standards/crypto/iso-padding';
import { parseDataGroupings, STORE_DATA_P1 } from '../../../standards/gp/store-data';
import { refuse } from '../status-word-error';

const LAST_BLOCK = 0x80;
const FORMAT_MASK = 0x18;
const ENCRYPTION_MASK = 0x60;
const MAX_SEQUENCE_BYTES = 0x1_0000;

export interface PlainGrouping {
  readonly identifier: number;
  readonly value: Uint8Array;
}

/** Collects the blocks of one STORE DATA sequence, numbered from 00 [GPC-C §11.11.2]. */
export class StoreDataSequence {
  #blocks: Uint8Array[] = [];

  /**
   * Takes one block.
   *
   * @param decrypt takes off the data encryption key of the channel
   * @returns after the last block its data groupings, those under encryption decrypted
   * @throws StatusWordError 6A86 for a block out of turn, 6A80 for what is no grouping
   */
  take(
    command: { readonly p1: number; readonly p2: number; readonly data: Uint8Array },
    decrypt: (value: Uint8Array) => Uint8Array,
  ): readonly PlainGrouping[] {
    const { p1, p2, data } = command;
    const inTurn = p2 === (this.#blocks.length & 0xff) || p2 === 0;
    if (p2 === 0) this.#blocks = [];
    if (!inTurn || (p1 & FORMAT_MASK) !== STORE_DATA_P1.dgiFormat) {
      this.#blocks = [];
      refuse(SW.incorrectP1P2);
    }
    this.#blocks.push(data);
    const whole = concatBytes(...this.#blocks);
    if (whole.length > MAX_SEQUENCE_BYTES) refuse(SW.notEnoughMemory);
    if ((p1 & LAST_BLOCK) === 0) return [];
    this.#blocks = [];
    const isEncrypted = (p1 & ENCRYPTION_MASK) === STORE_DATA_P1.encrypted;
    try {
      return parseDataGroupings(whole).map(({ identifier, value }) => ({
        identifier,
        value: isEncrypted ? unpadIso(decrypt(value), 'STORE DATA') : value,
      }));
    } catch (error) {
      if (error instanceof MalformedError) return refuse(SW.wrongData);
      throw error;
    }
  }
}
