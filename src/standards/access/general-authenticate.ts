import type { CommandApdu } from '../apdu/command';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseOnlyTlv, parseTlvs, type Tlv } from '../tlv/tlv';

const CHAINED_CLASS = 0x10;
const DYNAMIC_AUTHENTICATION_DATA = 0x7c;

/**
 * GENERAL AUTHENTICATE with dynamic authentication data; every command of a protocol but the last
 * has the chaining bit [9303-11 §4.4.4.2, §4.4.4.3].
 *
 * @param data `7C …`
 */
export function buildGeneralAuthenticate(
  data: Uint8Array,
  options: { readonly last: boolean },
): CommandApdu {
  return {
    cla: options.last ? 0x00 : CHAINED_CLASS,
    ins: 0x86,
    p1: 0x00,
    p2: 0x00,
    data,
    // Keys of 2,048 bit do not fit into a short command, nor their answers into a short response.
    le: data.length > 0xff ? 0x1_0000 : 0x100,
  };
}

/** Dynamic authentication data with the given objects: `7C` [9303-11 §4.4.4.2]. */
export function encodeDynamicData(
  ...objects: readonly (readonly [tag: number, value: Uint8Array])[]
): Uint8Array {
  return encodeTlv(
    DYNAMIC_AUTHENTICATION_DATA,
    ...objects.map(([tag, value]) => encodeTlv(tag, value)),
  );
}

/** The objects inside dynamic authentication data [9303-11 §4.4.4.2]. @throws MalformedError */
export function parseDynamicData(data: Uint8Array, place: string): readonly Tlv[] {
  const tlvs = parseTlvs(parseOnlyTlv(data, DYNAMIC_AUTHENTICATION_DATA, place), place);
  const tags = tlvs.map(({ tag }) => tag);
  if (new Set(tags).size !== tags.length) throw new MalformedError(place, 'a tag is repeated');
  return tlvs;
}
