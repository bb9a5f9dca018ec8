import { derInteger } from '../asn1/der';
import { concatBytes } from '../bytes/concat';
import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, findTlv, parseTlvs, requireTlv } from '../tlv/tlv';

/** EF.ATR/INFO: how long commands and answers may be [9303-10 §3.11.2, table 29]. */
export interface EfAtrInfo {
  /** Three software function bytes [ISO 7816-4 §12.2.2.9]. */
  readonly capabilities: CardCapabilities;
  /** Longest command and answer APDU in bytes; absent where 7F66 is. */
  readonly extendedLength?: { readonly maxCommand: number; readonly maxResponse: number };
}

export interface CardCapabilities {
  readonly selectByFullName: boolean;
  /** Size of a data unit as the power of two of its quartets: 1 is one byte. */
  readonly dataUnitSize: number;
  readonly commandChaining: boolean;
  readonly extendedLength: boolean;
  /** The chip says that 7F66 stands in this file. */
  readonly lengthsInFile: boolean;
}

const PLACE = 'EF.ATR/INFO';
const CAPABILITIES_TAG = 0x47;
const EXTENDED_LENGTH_TAG = 0x7f66;
const INTEGER_TAG = 0x02;
const FULL_NAME = 0x80;
const CHAINING = 0x80;
const EXTENDED = 0x40;
const LENGTHS_IN_FILE = 0x20;

/** EF.ATR/INFO [9303-10 §3.11.2, table 29]. */
export function encodeEfAtrInfo({ capabilities, extendedLength }: EfAtrInfo): Uint8Array {
  const third =
    (capabilities.commandChaining ? CHAINING : 0) |
    (capabilities.extendedLength ? EXTENDED : 0) |
    (capabilities.lengthsInFile ? LENGTHS_IN_FILE : 0);
  const bytes = Uint8Array.of(
    capabilities.selectByFullName ? FULL_NAME : 0,
    capabilities.dataUnitSize,
    third,
  );
  const lengths =
    extendedLength === undefined
      ? new Uint8Array()
      : encodeTlv(
          EXTENDED_LENGTH_TAG,
          derInteger(extendedLength.maxCommand),
          derInteger(extendedLength.maxResponse),
        );
  return concatBytes(encodeTlv(CAPABILITIES_TAG, bytes), lengths);
}

/** Reads EF.ATR/INFO; other objects are passed over [9303-10 §3.11.2, table 29]. */
export function parseEfAtrInfo(bytes: Uint8Array): EfAtrInfo {
  const tlvs = parseTlvs(bytes, PLACE);
  const [first, second, third] = requireTlv(tlvs, CAPABILITIES_TAG, PLACE);
  if (first === undefined || second === undefined || third === undefined) {
    throw new MalformedError(PLACE, 'has fewer than three capability bytes');
  }
  const lengths = findTlv(tlvs, EXTENDED_LENGTH_TAG);
  return {
    capabilities: {
      selectByFullName: (first & FULL_NAME) !== 0,
      dataUnitSize: second & 0x0f,
      commandChaining: (third & CHAINING) !== 0,
      extendedLength: (third & EXTENDED) !== 0,
      lengthsInFile: (third & LENGTHS_IN_FILE) !== 0,
    },
    ...(lengths !== undefined && { extendedLength: parseLengths(lengths) }),
  };
}

function parseLengths(bytes: Uint8Array): { maxCommand: number; maxResponse: number } {
  const place = `${PLACE}, extended length`;
  const integers = parseTlvs(bytes, place).filter(({ tag }) => tag === INTEGER_TAG);
  const [command, response] = integers;
  if (command === undefined || response === undefined) {
    throw new MalformedError(place, 'has not two integers');
  }
  return {
    maxCommand: decodeUint(command.value, place),
    maxResponse: decodeUint(response.value, place),
  };
}
