import { MalformedError } from '../bytes/malformed';
import { readMasterListContent } from './master-list-content';
import { findSignerCertificate, verifySigner } from './verify-signed-data';
import { parseSignedData } from './parse-signed-data';

/** Content type of a CSCA master list [9303-12 §9]. */
export const MASTER_LIST_OID = '2.23.136.1.1.2';

/** A master list: CSCA certificates that one state vouches for. */
export interface MasterList {
  /** DER of every certificate in the list, in its order. */
  readonly certificates: readonly Uint8Array[];
  /** DER of the certificates that travel with the signature: signer and its CSCA. */
  readonly signerCertificates: readonly Uint8Array[];
  /**
   * Whether the signature of the list fits its own signer's certificate. Whether that signer is
   * to be believed is another question, which only its CSCA answers.
   */
  readonly signatureValid: boolean;
}

const PLACE = 'master list';

/** True when the bytes are a SignedData around a master list and not something else [9303-12 §9]. */
export function isMasterList(bytes: Uint8Array): boolean {
  try {
    return parseSignedData(bytes).contentType === MASTER_LIST_OID;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

/**
 * Reads a master list as ICAO and the states publish them, without any wrapping
 * [9303-12 §9].
 *
 * @throws MalformedError
 */
export function parseMasterList(bytes: Uint8Array): MasterList {
  const signedData = parseSignedData(bytes);
  if (signedData.contentType !== MASTER_LIST_OID) {
    throw new MalformedError(PLACE, `${signedData.contentType} is no master list`);
  }
  if (signedData.content === undefined) throw new MalformedError(PLACE, 'has no content');
  const { version, certificates } = readMasterListContent(signedData.content);
  if (version !== 0) throw new MalformedError(PLACE, 'is not version 0');
  const [signer] = signedData.signers;
  const signerCertificate = signer && findSignerCertificate(signer, signedData.certificates);
  const verification =
    signer && signerCertificate && verifySigner(signedData, signer, signerCertificate.publicKey);
  return {
    certificates,
    signerCertificates: signedData.certificates,
    signatureValid:
      verification !== undefined &&
      verification.signature.valid &&
      verification.messageDigest.valid &&
      verification.contentType.valid,
  };
}
