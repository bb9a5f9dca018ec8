import { CARD_SECURITY_CONTENT_TYPE } from '../../standards/access/card-security/card-security';
import { encodeSecurityInfos, type SecurityInfo } from '../../standards/lds/security-infos';
import type { DocumentSigner } from '../document/signed-document';
import type { Hsm } from '../ports';
import { signContent } from './sign-content';

export interface CardSecurityToSign {
  readonly infos: readonly SecurityInfo[];
  readonly signer: DocumentSigner;
  readonly signedAt: Date;
}

/**
 * EF.CardSecurity: SecurityInfos signed by the document signer, its certificate beside them
 * [9303-11 §9.2.11].
 *
 * @throws ProductionError of the HSM.
 */
export function signCardSecurity(
  { infos, signer, signedAt }: CardSecurityToSign,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  const content = encodeSecurityInfos(infos);
  return signContent({ contentType: CARD_SECURITY_CONTENT_TYPE, content, signer, signedAt }, hsm);
}
