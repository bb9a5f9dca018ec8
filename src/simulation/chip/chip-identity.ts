import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { encodeTlv } from '../../standards/tlv/tlv';
import type { RandomSource } from '../../production/ports';

/** What tells one chip from every other; burnt in by its maker. */
export interface ChipIdentity {
  /** IC serial number of the CPLC, 4 bytes. */
  readonly serialHex: string;
  /** IC batch identifier of the CPLC, 2 bytes. */
  readonly batchHex: string;
  /** Identifier that a contactless chip sends in its anticollision, 7 bytes, the first 04. */
  readonly uidHex: string;
}

export function makeChipIdentity(random: RandomSource): ChipIdentity {
  return {
    serialHex: encodeHex(random.bytes(4)),
    batchHex: encodeHex(random.bytes(2)),
    uidHex: `04${encodeHex(random.bytes(6))}`,
  };
}

/**
 * Card production life cycle data, tag 9F7F: who made the chip, when, and its serial number
 * [GPC-C §9.3.1]. Fields of makers hold values that no maker uses.
 */
export function encodeCplc(identity: ChipIdentity): Uint8Array {
  const maker = decodeHex('0000 0000 0000 5001 0100 5020');
  const packaging = decodeHex('0000 5030 0000 5031');
  const prepersonalization = decodeHex('0000 5040 00000000');
  const personalization = decodeHex('0000 0000 00000000');
  return encodeTlv(
    0x9f7f,
    maker,
    decodeHex(identity.serialHex),
    decodeHex(identity.batchHex),
    packaging,
    prepersonalization,
    personalization,
  );
}

/**
 * Answer to reset in the form that PC/SC gives contactless chips: T=0 and T=1 offered, historical
 * bytes with card service data and card capabilities [ISO 7816-4 §8.1].
 */
export function encodeAtr(capabilities: { readonly extendedLength: boolean }): Uint8Array {
  const lengths = capabilities.extendedLength ? 0xc0 : 0x00;
  const historical = Uint8Array.of(0x80, 0x31, 0xc0, 0x73, 0xc0, 0x21, lengths);
  const checked = concatBytes(Uint8Array.of(0x80 | historical.length, 0x80, 0x01), historical);
  const check = checked.reduce((sum, byte) => sum ^ byte, 0);
  return concatBytes(Uint8Array.of(0x3b), checked, Uint8Array.of(check));
}
