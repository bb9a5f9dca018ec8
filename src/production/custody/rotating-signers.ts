import type { SignerSource } from '../document/custody/signer-source';
import type { SignerStore } from '../document/custody/signer-store';
import type { Clock } from '../ports';

/**
 * Signers by their policy: each document's signature is counted in the database before it is made,
 * and the database says by whom and when. All stations that ask it change over at the same moment,
 * whatever their own clocks say.
 *
 * @param rehearsalClock in a database that was declared a rehearsal, the time that counts instead
 */
export function rotatingSigners(
  store: Pick<SignerStore, 'reserveSignature'>,
  rehearsalClock?: Clock,
): SignerSource {
  return {
    takeTurn: (wish) =>
      store.reserveSignature({
        ...wish,
        ...(rehearsalClock !== undefined && { at: rehearsalClock.now() }),
      }),
  };
}
