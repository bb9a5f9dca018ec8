import { derBitString, derContext, derInteger, derSequence } from '../asn1/der';
import { encodeSignatureIdentifier, type SignatureAlgorithm } from '../crypto/signature-algorithms';
import { encodeName, type NameAttribute } from './distinguished-name';

/**
 * What the key of a certification request signs to prove that it is there: name and public key,
 * without attributes [PKCS10 §4.1].
 */
export function buildRequestInfo(request: {
  readonly subject: readonly NameAttribute[];
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}): Uint8Array {
  return derSequence(derInteger(0), encodeName(request.subject), request.publicKey, derContext(0));
}

/** DER of the request from what was signed and the signature over it [PKCS10 §4.2]. */
export function assembleRequest(
  info: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return derSequence(info, encodeSignatureIdentifier(algorithm), derBitString(signature));
}
