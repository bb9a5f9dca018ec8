import type { SecurityInfo } from '../../standards/lds/security-infos';
import type { LdsFiles } from '../document/lds-files';
import type { SignedDocument } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { Clock, Hsm } from '../ports';
import { buildSecurityObject, type SigningRules } from './build-security-object';
import { findSodFaults } from './find-sod-faults';
import { requireSignerInUse } from './require-signer-in-use';
import { findCardSecurityFaults, signCardSecurity } from './sign-card-security';
import { signSecurityObject } from './sign-security-object';

/** A document that is to be signed: all its files but EF.SOD, and what goes with them. */
export interface SigningOrder extends Pick<SignedDocument, 'signer' | 'access' | 'chipKeys'> {
  readonly files: LdsFiles;
  readonly rules: SigningRules;
  /** What EF.CardSecurity is to say; without it the document has none. */
  readonly cardSecurity?: readonly SecurityInfo[];
}

/**
 * Hashes every data group, has the document signer sign the hashes and EF.CardSecurity, and reads
 * the results with other code before anybody uses them.
 *
 * @throws ProductionError `SIGNER_OUTSIDE_PERIOD`, `SIGNATURE_WRONG`, or what the HSM threw.
 */
export async function signDocument(
  order: SigningOrder,
  tools: { readonly hsm: Hsm; readonly clock: Clock },
): Promise<SignedDocument> {
  const { signer, access, chipKeys, rules } = order;
  const signedAt = tools.clock.now();
  requireSignerInUse(signer, signedAt);
  const unsigned = new Map([...order.files].filter(([name]) => name !== 'EF.SOD'));
  const content = buildSecurityObject(unsigned, rules);
  const sod = await signSecurityObject({ content, signer, signedAt }, tools.hsm);
  const cardSecurity =
    order.cardSecurity &&
    (await signCardSecurity({ infos: order.cardSecurity, signer, signedAt }, tools.hsm));
  const files: LdsFiles = new Map([
    ...unsigned,
    ...(cardSecurity === undefined ? [] : ([['EF.CardSecurity', cardSecurity]] as const)),
    ['EF.SOD', sod],
  ]);
  const faults = [
    ...findSodFaults(files, signer),
    ...findCardSecurityFaults(files.get('EF.CardSecurity')),
  ];
  if (faults.length > 0) throw new ProductionError('SIGNATURE_WRONG', 'EF.SOD', faults);
  return { files, signer, signedAt, access, chipKeys };
}
