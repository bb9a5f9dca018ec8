import type { DocumentSigner } from '../document/signed-document';
import { ProductionError } from '../errors';

/**
 * A document is signed only inside both the certificate's validity and the period of the key's use
 * [9303-12 §4.1.1]; both bounds belong to the period.
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD` naming each period that is not now.
 */
export function requireSignerInUse(signer: DocumentSigner, now: Date): void {
  const periods = [
    ['key usage', signer.keyUse],
    ['validity', signer.validity],
  ] as const;
  const reasons = periods
    .filter(([, { from, until }]) => now < from || now > until)
    .map(
      ([name, { from, until }]) =>
        `${name} is ${from.toISOString()} to ${until.toISOString()}, now is ${now.toISOString()}`,
    );
  if (reasons.length > 0) {
    throw new ProductionError('SIGNER_OUTSIDE_PERIOD', `key ${signer.keyLabel}`, reasons);
  }
}
