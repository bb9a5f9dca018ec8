import { MalformedError } from '../bytes/malformed';
import { encodeTlv, parseOnlyTlv, parseTlvs } from '../tlv/tlv';

const TEMPLATE = 0xe0;
const KEY = 0xc0;
const PLACE = 'key information template';
const EXTENDED_FORMAT = 0xff;

/** One key that a security domain holds. */
export interface KeyInformation {
  readonly id: number;
  readonly version: number;
  /** Components of the key, one for a symmetric key; types as in `KEY_TYPE`. */
  readonly components: readonly { readonly type: number; readonly lengthBytes: number }[];
}

/**
 * What GET DATA E0 answers: which keys are there, never their values [GPC-C §11.3.3.1].
 *
 * @throws MalformedError
 */
export function parseKeyInformation(data: Uint8Array): readonly KeyInformation[] {
  return parseTlvs(parseOnlyTlv(data, TEMPLATE, PLACE), PLACE).map(({ tag, value, offset }) => {
    if (tag !== KEY) throw new MalformedError(PLACE, 'holds something else than keys', offset);
    const [id, version] = value;
    if (id === undefined || version === undefined) {
      throw new MalformedError(PLACE, 'a key has no version', offset);
    }
    return { id, version, components: parseComponents(value.subarray(2), offset) };
  });
}

/** The template of these keys, in the basic format [GPC-C §11.3.3.1]. */
export function encodeKeyInformation(keys: readonly KeyInformation[]): Uint8Array {
  const objects = keys.map(({ id, version, components }) => {
    const pairs = components.flatMap(({ type, lengthBytes }) => [type, lengthBytes]);
    return encodeTlv(KEY, Uint8Array.of(id, version, ...pairs));
  });
  return encodeTlv(TEMPLATE, ...objects);
}

/** Basic: type, length. Extended: FF, type, length of 2 bytes, then usage and access. */
function parseComponents(bytes: Uint8Array, place: number): KeyInformation['components'] {
  const components: { type: number; lengthBytes: number }[] = [];
  if (bytes[0] === EXTENDED_FORMAT) {
    let offset = 0;
    while (bytes[offset] === EXTENDED_FORMAT) {
      const [, type, high, low] = bytes.subarray(offset, offset + 4);
      if (type === undefined || high === undefined || low === undefined) {
        throw new MalformedError(PLACE, 'a key component is cut off', place);
      }
      components.push({ type, lengthBytes: high * 0x100 + low });
      offset += 4;
    }
    return components;
  }
  if (bytes.length % 2 !== 0) throw new MalformedError(PLACE, 'a key component is cut off', place);
  for (let offset = 0; offset < bytes.length; offset += 2) {
    components.push({ type: bytes[offset] ?? 0, lengthBytes: bytes[offset + 1] ?? 0 });
  }
  return components;
}
