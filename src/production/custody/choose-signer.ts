import type { KeySet } from '../document/key-set';
import type { DocumentSigner } from '../document/signed-document';
import { ProductionError } from '../errors';
import { readDocumentSigner } from '../signing/read-document-signer';
import { requireSignerInUse } from '../signing/require-signer-in-use';

/**
 * The document signer that signs at this moment: the newest of those that are in use.
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD` when none is in use.
 */
export function chooseSigner(keys: KeySet, now: Date): DocumentSigner {
  const refusals: string[] = [];
  for (const key of keys.signers.toReversed()) {
    const signer = readDocumentSigner(key);
    try {
      requireSignerInUse(signer, now);
      return signer;
    } catch (error) {
      if (!(error instanceof ProductionError)) throw error;
      refusals.push(...error.reasons.map((reason) => `${key.keyLabel}: ${reason}`));
    }
  }
  throw new ProductionError('SIGNER_OUTSIDE_PERIOD', 'document signers', refusals);
}
