import { derInteger, derSequence, derSetOf } from '../asn1/der';

/**
 * DER of the content of a master list, version 0: every CSCA certificate that a State vouches
 * for, its own and their links among them [9303-12 §9].
 *
 * @param certificates DER, each once
 * @throws RangeError when one occurs twice.
 */
export function buildMasterListContent(certificates: readonly Uint8Array[]): Uint8Array {
  const seen = new Set(certificates.map((one) => Buffer.from(one).toString('latin1')));
  if (seen.size !== certificates.length) throw new RangeError('a certificate is listed twice');
  return derSequence(derInteger(0), derSetOf(...certificates));
}
