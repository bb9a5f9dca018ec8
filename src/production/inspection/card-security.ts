import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { findSignerCertificate, verifySigner } from '../../standards/cms/verify-signed-data';
import { MalformedError } from '../../standards/bytes/malformed';
import { parseSecurityInfos, type SecurityInfo } from '../../standards/lds/security-infos';
import type { Certificate } from '../../standards/pki/certificate';

/** Content type of EF.CardSecurity, id-SecurityObject [9303-11 §9.2.11]. */
const SECURITY_OBJECT_OID = '0.4.0.127.0.7.3.2.1';
const PLACE = 'EF.CardSecurity';

/** EF.CardSecurity taken apart: signed SecurityInfos of the master file. */
export interface CardSecurity {
  readonly infos: readonly SecurityInfo[];
  readonly signer: Certificate | undefined;
  /** Why the signature is not right; undefined when it is. */
  readonly fault: string | undefined;
}

/**
 * Reads EF.CardSecurity and judges its signature with the certificate inside [9303-11 §9.2.11].
 *
 * @throws MalformedError
 */
export function readCardSecurity(bytes: Uint8Array): CardSecurity {
  const signedData = parseSignedData(bytes);
  if (signedData.contentType !== SECURITY_OBJECT_OID) {
    throw new MalformedError(PLACE, `${signedData.contentType} is no security object`);
  }
  if (signedData.content === undefined) throw new MalformedError(PLACE, 'has no content');
  const infos = parseSecurityInfos(signedData.content, PLACE);
  const [info] = signedData.signers;
  const signer = info && findSignerCertificate(info, signedData.certificates);
  if (info === undefined || signer === undefined) {
    return { infos, signer, fault: 'its signer is not in it' };
  }
  const verification = verifySigner(signedData, info, signer.publicKey);
  const steps = [verification.signature, verification.messageDigest, verification.contentType];
  const wrong = steps.find(({ valid }) => !valid);
  return { infos, signer, fault: wrong?.valid === false ? wrong.reason : undefined };
}
