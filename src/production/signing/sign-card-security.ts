import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../standards/cms/build-signed-data';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { CARD_SECURITY_CONTENT_TYPE } from '../../standards/access/card-security/card-security';
import { encodeSecurityInfos, type SecurityInfo } from '../../standards/lds/security-infos';
import type { DocumentSigner } from '../document/signed-document';
import type { Hsm } from '../ports';

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
export async function signCardSecurity(
  { infos, signer, signedAt }: CardSecurityToSign,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  const frame = prepareSignedData({
    contentType: CARD_SECURITY_CONTENT_TYPE,
    signature: parseSignatureAlgorithmName(signer.algorithm).signature,
    certificate: signer.certificate,
  });
  const content = encodeSecurityInfos(infos);
  const signedAttributes = encodeSignedAttributes(frame, content, signedAt);
  const signature = await hsm.sign({
    label: signer.keyLabel,
    purpose: 'document-sign',
    algorithm: signer.algorithm,
    message: signedAttributes,
  });
  return assembleSignedData(frame, { content, signedAttributes, signature });
}
