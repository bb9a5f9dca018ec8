import type { SignerSource } from '../document/custody/signer-source';
import type { SignerStore } from '../document/custody/signer-store';
import type { Clock } from '../ports';

/**
 * Signers by their policy: each document's signature is counted in the database before it is made,
 * and the database says by whom. All stations that ask it change over at the same moment.
 */
export function rotatingSigners(
  store: Pick<SignerStore, 'reserveSignature'>,
  clock: Clock,
): SignerSource {
  return {
    takeTurn: (wish) => store.reserveSignature({ ...wish, at: clock.now() }),
  };
}
