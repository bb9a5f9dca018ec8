import type { CommandApdu } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';

const LAST_BLOCK = 0x80;
/** Blocks of a sequence that P2 can count [GPC-C §11.11.2.2]. */
export const MAX_BLOCKS = 0x100;
const LONG_LENGTH = 0xff;

/** Bits of P1 of STORE DATA besides the one for the last block [GPC-C §11.11.2.1]. */
export const STORE_DATA_P1 = {
  noEncryptionInformation: 0x00,
  applicationDependentEncryption: 0x20,
  encrypted: 0x60,
  dgiFormat: 0x08,
  berTlvFormat: 0x10,
  responseExpected: 0x01,
} as const;

/**
 * Data in blocks of at most so many bytes, all but the last of them full [GPC-C §11.11.2.2].
 *
 * @throws RangeError when more than 256 blocks would be needed, which P2 cannot count.
 */
export function planBlocks(data: Uint8Array, blockBytes: number): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(data.length / blockBytes));
  if (count > MAX_BLOCKS) throw new RangeError(`${count} blocks, 256 can be counted`);
  return Array.from({ length: count }, (_, index) =>
    data.subarray(index * blockBytes, (index + 1) * blockBytes),
  );
}

/**
 * STORE DATA for blocks of one sequence: P2 counts them and a bit of P1 marks the last one
 * [GPC-C §11.11.2].
 *
 * @param p1 the other bits, see `STORE_DATA_P1`
 * @throws RangeError when there are more than 256.
 */
export function buildStoreData(blocks: readonly Uint8Array[], p1: number): readonly CommandApdu[] {
  if (blocks.length > MAX_BLOCKS)
    throw new RangeError(`${blocks.length} blocks, 256 can be counted`);
  return blocks.map((data, index) => ({
    cla: 0x80,
    ins: 0xe2,
    p1: (p1 & ~LAST_BLOCK) | (index === blocks.length - 1 ? LAST_BLOCK : 0),
    p2: index,
    data,
  }));
}

/** Length of a data grouping: one byte, or FF and two [EMV CPS §3.2.1]. */
export function encodeGroupingLength(length: number): Uint8Array {
  return length < LONG_LENGTH
    ? Uint8Array.of(length)
    : concatBytes(Uint8Array.of(LONG_LENGTH), encodeUint(length, 2));
}

/** Identifier of 2 bytes, length and value of a data grouping [EMV CPS §3.2.1]. */
export function encodeDataGrouping(identifier: Uint8Array, value: Uint8Array): Uint8Array {
  return concatBytes(identifier, encodeGroupingLength(value.length), value);
}

/** One data grouping: identifier of 2 bytes, length of 1 or 3 bytes, value [EMV CPS §3.2.1]. */
export interface DataGrouping {
  readonly identifier: number;
  readonly value: Uint8Array;
  /** Where it begins in the bytes that were read. */
  readonly offset: number;
}

/**
 * The data groupings in the joined blocks of a STORE DATA sequence [EMV CPS §3.2.1].
 *
 * @throws MalformedError
 */
export function parseDataGroupings(data: Uint8Array): readonly DataGrouping[] {
  const found: DataGrouping[] = [];
  for (let offset = 0; offset < data.length;) {
    const [high, low, first, second, third] = data.subarray(offset, offset + 5);
    if (high === undefined || low === undefined || first === undefined) {
      throw new MalformedError('data grouping', 'ends inside its identifier or length', offset);
    }
    const long = first === LONG_LENGTH;
    if (long && third === undefined) {
      throw new MalformedError('data grouping', 'ends inside its length', offset);
    }
    const length = long ? (second ?? 0) * 0x100 + (third ?? 0) : first;
    const start = offset + (long ? 5 : 3);
    const value = data.subarray(start, start + length);
    if (value.length !== length) {
      const text = `says ${length} bytes, ${value.length} are there`;
      throw new MalformedError('data grouping', text, offset);
    }
    found.push({ identifier: high * 0x100 + low, value, offset });
    offset = start + length;
  }
  return found;
}
