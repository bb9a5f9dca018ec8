import { encodeEfSod } from '../../standards/cms/ef-sod';
import { LDS_SECURITY_OBJECT_OID } from '../../standards/lds/lds-security-object';
import type { DocumentSigner } from '../document/signed-document';
import type { Hsm } from '../ports';
import { signContent } from './sign-content';

export interface SecurityObjectToSign {
  /** DER of the LDS security object. */
  readonly content: Uint8Array;
  readonly signer: DocumentSigner;
  readonly signedAt: Date;
}

/**
 * EF.SOD around a security object, signed by the document signer's key.
 *
 * @throws ProductionError of the HSM.
 */
export async function signSecurityObject(
  order: SecurityObjectToSign,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  return encodeEfSod(await signContent({ contentType: LDS_SECURITY_OBJECT_OID, ...order }, hsm));
}
