import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
  type SignedDataFrame,
} from '../../standards/cms/build-signed-data';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import type { DocumentSigner } from '../document/signed-document';
import type { Hsm } from '../ports';

/** A signer signs thousands of documents: what is the same in all of them is encoded once. */
const frames = new WeakMap<DocumentSigner, Map<string, SignedDataFrame>>();

export interface ContentToSign {
  /** Type of the content as dotted decimal. */
  readonly contentType: string;
  /** DER of the content. */
  readonly content: Uint8Array;
  readonly signer: DocumentSigner;
  readonly signedAt: Date;
}

/**
 * DER of a ContentInfo around a SignedData by the document signer's key, its certificate inside.
 * What the HSM signs is written there byte for byte; nothing is encoded twice.
 *
 * @throws ProductionError of the HSM.
 */
export async function signContent(
  { contentType, content, signer, signedAt }: ContentToSign,
  hsm: Pick<Hsm, 'sign'>,
): Promise<Uint8Array> {
  const frame = frameOf(signer, contentType);
  const signedAttributes = encodeSignedAttributes(frame, content, signedAt);
  const signature = await hsm.sign({
    label: signer.keyLabel,
    purpose: 'document-sign',
    algorithm: signer.algorithm,
    message: signedAttributes,
  });
  return assembleSignedData(frame, { content, signedAttributes, signature });
}

function frameOf(signer: DocumentSigner, contentType: string): SignedDataFrame {
  const known = frames.get(signer) ?? new Map<string, SignedDataFrame>();
  const frame =
    known.get(contentType) ??
    prepareSignedData({
      contentType,
      signature: parseSignatureAlgorithmName(signer.algorithm).signature,
      certificate: signer.certificate,
    });
  frames.set(signer, known.set(contentType, frame));
  return frame;
}
