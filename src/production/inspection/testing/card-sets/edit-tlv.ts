import { concatBytes } from '../../../../standards/bytes/concat';
import { encodeTlv, parseTlvs, type Tlv } from '../../../../standards/tlv/tlv';

/**
 * The bytes with one data object replaced, and every length around it corrected. The path names
 * the tags from outside to inside, the first object of each tag.
 *
 * @param change what stands in its place, tag and length included; nothing removes it
 */
export function editTlv(
  bytes: Uint8Array,
  path: readonly number[],
  change: (found: Tlv) => Uint8Array,
): Uint8Array {
  const [tag, ...rest] = path;
  const siblings = parseTlvs(bytes, 'edit');
  const at = siblings.findIndex((one) => one.tag === tag);
  const found = siblings[at];
  if (found === undefined) throw new Error(`there is no tag ${tag?.toString(16)}`);
  const replaced =
    rest.length === 0 ? change(found) : encodeTlv(found.tag, editTlv(found.value, rest, change));
  return concatBytes(...siblings.map(({ raw }, index) => (index === at ? replaced : raw)));
}

/** The same object under another tag. */
export function retag(tag: number): (found: Tlv) => Uint8Array {
  return ({ value }) => encodeTlv(tag, value);
}

/** The same tag around another value. */
export function revalue(change: (value: Uint8Array) => Uint8Array): (found: Tlv) => Uint8Array {
  return ({ tag, value }) => encodeTlv(tag, change(value));
}

/** Nothing in its place. */
export const removed = (): Uint8Array => new Uint8Array();

/** Bytes from an offset replaced. */
export function patch(bytes: Uint8Array, offset: number, ...values: readonly number[]): Uint8Array {
  const changed = bytes.slice();
  changed.set(values, offset < 0 ? bytes.length + offset : offset);
  return changed;
}

/** The file without its last bytes, its length unchanged. */
export function cutOff(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, -3);
}

/** The file with bytes behind its end. */
export function withTail(bytes: Uint8Array): Uint8Array {
  return concatBytes(bytes, Uint8Array.of(0, 0));
}
