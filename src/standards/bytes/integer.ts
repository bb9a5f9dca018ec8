import { MalformedError } from './malformed';

/** A non-negative integer as exactly `lengthBytes` bytes, most significant first. */
export function encodeUint(value: number | bigint, lengthBytes: number): Uint8Array {
  const hex = BigInt(value).toString(16);
  if (value < 0 || hex.length > lengthBytes * 2) {
    throw new RangeError(`integer does not fit in ${lengthBytes} bytes`);
  }
  return new Uint8Array(Buffer.from(hex.padStart(lengthBytes * 2, '0'), 'hex'));
}

/** A non-negative integer in the fewest bytes, at least one. */
export function encodeMinimalUint(value: number | bigint): Uint8Array {
  const hex = BigInt(value).toString(16);
  return encodeUint(value, Math.ceil(hex.length / 2));
}

/** Big-endian unsigned bytes as a bigint; empty is zero. */
export function decodeBigUint(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

/**
 * Big-endian unsigned bytes as a number.
 *
 * @throws MalformedError when more than six significant bytes are given.
 */
export function decodeUint(bytes: Uint8Array, place = 'integer'): number {
  const value = decodeBigUint(bytes);
  if (value > 0xffff_ffff_ffffn) throw new MalformedError(place, 'is larger than 48 bits');
  return Number(value);
}
