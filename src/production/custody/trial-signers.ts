import type { SignerSource } from '../document/custody/signer-source';
import type { KeySet } from '../document/key-set';
import type { Clock } from '../ports';
import { chooseSigner } from './choose-signer';

/** The signers of a key directory, for trials: nothing is counted, and each turn looks at the periods. */
export function trialSigners(keys: KeySet, clock: Clock): SignerSource {
  return {
    takeTurn: () => {
      const at = clock.now();
      return Promise.resolve({ signer: chooseSigner(keys, at), at });
    },
  };
}
