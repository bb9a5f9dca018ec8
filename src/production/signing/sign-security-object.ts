import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
  type SignedDataFrame,
} from '../../standards/cms/build-signed-data';
import { encodeEfSod } from '../../standards/cms/ef-sod';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { LDS_SECURITY_OBJECT_OID } from '../../standards/lds/lds-security-object';
import type { DocumentSigner } from '../document/signed-document';
import type { Hsm } from '../ports';

/** A signer signs thousands of documents: what is the same in all of them is encoded once. */
const frames = new WeakMap<DocumentSigner, SignedDataFrame>();

export interface SecurityObjectToSign {
  /** DER of the LDS security object. */
  readonly content: Uint8Array;
  readonly signer: DocumentSigner;
  readonly signedAt: Date;
}

/**
 * EF.SOD around a security object, signed by the document signer's key. What the HSM signs is
 * written into the file byte for byte; nothing is encoded twice.
 *
 * @throws ProductionError of the HSM.
 */
export async function signSecurityObject(
  { content, signer, signedAt }: SecurityObjectToSign,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  const frame = frameOf(signer);
  const signedAttributes = encodeSignedAttributes(frame, content, signedAt);
  const signature = await hsm.sign({
    label: signer.keyLabel,
    purpose: 'document-sign',
    algorithm: signer.algorithm,
    message: signedAttributes,
  });
  return encodeEfSod(assembleSignedData(frame, { content, signedAttributes, signature }));
}

function frameOf(signer: DocumentSigner): SignedDataFrame {
  const known = frames.get(signer);
  if (known !== undefined) return known;
  const frame = prepareSignedData({
    contentType: LDS_SECURITY_OBJECT_OID,
    signature: parseSignatureAlgorithmName(signer.algorithm).signature,
    certificate: signer.certificate,
  });
  frames.set(signer, frame);
  return frame;
}
