import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';

/** Appends `80` and zeros up to a full block, always at least one byte [ISO 9797-1 §6.3.3]. */
export function padIso(bytes: Uint8Array, blockBytes: number): Uint8Array {
  const padding = new Uint8Array(blockBytes - (bytes.length % blockBytes));
  padding[0] = 0x80;
  return concatBytes(bytes, padding);
}

/**
 * The bytes before the last `80`, which only zeros may follow [ISO 9797-1 §6.3.3].
 *
 * @throws MalformedError when no such padding ends the bytes.
 */
export function unpadIso(bytes: Uint8Array, place: string): Uint8Array {
  let end = bytes.length - 1;
  while (end >= 0 && bytes[end] === 0) end--;
  if (bytes[end] !== 0x80) throw new MalformedError(place, 'does not end with padding');
  return bytes.subarray(0, end);
}
