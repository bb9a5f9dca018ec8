import { derInteger, derSequence } from '../asn1/der';
import { parseDer, readInteger, readSequence } from '../asn1/read';
import { concatBytes } from '../bytes/concat';
import { encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';

/**
 * An ECDSA signature from plain r ‖ s, both as long as the group order, to the DER sequence of
 * certificates and SignerInfos [RFC 3279 §2.2.3].
 *
 * @throws MalformedError when the length is odd or zero.
 */
export function encodeEcdsaSignature(plain: Uint8Array): Uint8Array {
  if (plain.length === 0 || plain.length % 2 !== 0) {
    throw new MalformedError('plain ECDSA signature', 'does not halve into r and s');
  }
  const half = plain.length / 2;
  return derSequence(derInteger(plain.subarray(0, half)), derInteger(plain.subarray(half)));
}

/**
 * The DER sequence of r and s to plain r ‖ s, each `orderBytes` long, as active authentication
 * and card-verifiable certificates carry it [TR-03111 §5.2.1].
 *
 * @throws MalformedError when it is no DER sequence of two positive integers of that size.
 */
export function decodeEcdsaSignature(der: Uint8Array, orderBytes: number): Uint8Array {
  const place = 'ECDSA signature';
  const [r, s, ...rest] = readSequence(parseDer(der, place), place);
  if (rest.length > 0) throw new MalformedError(place, 'has more than two members');
  return concatBytes(scalar(readInteger(r, place)), scalar(readInteger(s, place)));

  function scalar(value: bigint): Uint8Array {
    if (value === 0n) throw new MalformedError(place, 'r or s is zero');
    if (value >> BigInt(orderBytes * 8) !== 0n) {
      throw new MalformedError(place, `r or s is longer than ${orderBytes} bytes`);
    }
    return encodeUint(value, orderBytes);
  }
}
