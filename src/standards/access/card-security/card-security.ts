import { MalformedError } from '../../bytes/malformed';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { parseSignedData, type SignedData } from '../../cms/parse-signed-data';
import { findSignerCertificate, verifySigner } from '../../cms/verify-signed-data';
import { parseSecurityInfos, type SecurityInfo } from '../../lds/security-infos';
import type { Certificate } from '../../pki/certificate';
import { readChipAuthenticationKey } from '../chip-authentication/chip-authentication-protocol';
import { AccessError } from '../access-error';

/** Type of the content that EF.CardSecurity signs, id-SecurityObject [9303-11 §9.2.11]. */
export const CARD_SECURITY_CONTENT_TYPE = '0.4.0.127.0.7.3.2.1';

const PLACE = 'EF.CardSecurity';

/** EF.CardSecurity as found: the signed data around, the SecurityInfos inside. */
export interface CardSecurity {
  readonly signedData: SignedData;
  readonly infos: readonly SecurityInfo[];
}

/** Reads EF.CardSecurity; nothing of it is verified yet [9303-11 §9.2.11]. @throws MalformedError */
export function parseCardSecurity(file: Uint8Array): CardSecurity {
  const signedData = parseSignedData(file);
  const { contentType, content } = signedData;
  if (contentType !== CARD_SECURITY_CONTENT_TYPE) {
    throw new MalformedError(PLACE, `its content is ${contentType}`);
  }
  if (content === undefined) throw new MalformedError(PLACE, 'its content is absent');
  return { signedData, infos: parseSecurityInfos(content, PLACE) };
}

/** The verdict on the signature of EF.CardSecurity, before the chain of its signer is judged. */
export type CardSecurityVerdict =
  | { readonly valid: true; readonly signer: Certificate }
  | { readonly valid: false; readonly reason: string };

/**
 * Verifies the signature by the embedded certificate of the document signer; that certificate
 * must then be followed to a trusted CSCA as for EF.SOD [9303-11 §9.2.11, §5.1].
 */
export function verifyCardSecurity({ signedData }: CardSecurity): CardSecurityVerdict {
  const [signer, ...others] = signedData.signers;
  if (signer === undefined || others.length > 0) {
    return { valid: false, reason: 'it has not exactly one signer' };
  }
  const certificate = findSignerCertificate(signer, signedData.certificates);
  if (certificate === undefined) {
    return { valid: false, reason: 'the certificate of its signer is not in it' };
  }
  const steps = verifySigner(signedData, signer, certificate.publicKey);
  for (const step of [steps.contentType, steps.messageDigest, steps.signature]) {
    if (!step.valid) return { valid: false, reason: step.reason };
  }
  return { valid: true, signer: certificate };
}

/**
 * The static public key of chip authentication mapping: the one whose keyId is the number of the
 * domain parameters that PACE ran with [9303-11 §9.2.3, §4.4.3.5].
 *
 * @returns undefined when there is no such key or it is of another group.
 * @throws MalformedError when the key cannot be read.
 */
export function findMappingKey(
  infos: readonly SecurityInfo[],
  protocol: { readonly parameterId: number; readonly group: AgreementGroup },
): Uint8Array | undefined {
  const keys = infos.filter((info) => info.kind === 'chip-authentication-public-key');
  const info =
    keys.find(({ keyId }) => keyId === protocol.parameterId) ??
    (keys.length === 1 && keys[0]?.keyId === undefined ? keys[0] : undefined);
  if (info === undefined) return undefined;
  try {
    const { group, publicKey } = readChipAuthenticationKey(info.publicKey);
    return group.name === protocol.group.name ? publicKey : undefined;
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
}
