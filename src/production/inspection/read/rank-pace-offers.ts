import type { PaceMapping } from '../../../standards/access/pace/pace-algorithms';
import type { PaceOffer } from '../../../standards/access/pace/pace-protocol';
import type { SessionCipherName } from '../../../standards/crypto/session-cipher';

const CIPHERS: readonly SessionCipherName[] = ['AES-256', 'AES-192', 'AES-128', '3DES'];
/** Chip authentication mapping proves the chip as well; integrated mapping is the least used. */
const MAPPINGS: readonly PaceMapping[] = ['CAM', 'GM', 'IM'];

/**
 * The strongest first: by cipher, then by group, then by mapping. Equals keep the order of the
 * chip.
 */
export function rankPaceOffers(offers: readonly PaceOffer[]): readonly PaceOffer[] {
  return offers.toSorted(
    (left, right) =>
      cipherRank(left) - cipherRank(right) ||
      securityBits(right) - securityBits(left) ||
      mappingRank(left) - mappingRank(right),
  );
}

function cipherRank({ protocol }: PaceOffer): number {
  return CIPHERS.indexOf(protocol.algorithm.cipher);
}

/** What the group is worth beside a symmetric key: half its order, for primes the usual tables. */
function securityBits({ protocol: { group } }: PaceOffer): number {
  if (group.kind === 'ECDH') return group.order.toString(2).length / 2;
  return group.prime.toString(2).length >= 2048 ? 112 : 80;
}

function mappingRank({ protocol }: PaceOffer): number {
  return MAPPINGS.indexOf(protocol.algorithm.mapping);
}
