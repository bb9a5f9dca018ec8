import { concatBytes } from '../../bytes/concat';
import { encodeAscii } from '../../bytes/text';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { computeCheckDigit } from '../../mrz/check-digit';
import { type CvTrustedKey } from './cv-chain';
import { effectiveReadingRights, type ReadingRights, roleOf } from './cv-authorization';
import { verifyWithCvKey } from './cv-public-key';

/** ID_IC after BAC: the document number with its check digit [9303-11 §7.1.2]. */
export function chipIdentifierFromMrz(documentNumber: string): Uint8Array {
  const number = documentNumber.padEnd(9, '<');
  return encodeAscii(number + computeCheckDigit(number));
}

/** ID_IC after PACE: the chip's ephemeral public key, compressed [9303-11 §7.1.2]. */
export function chipIdentifierFromPace(
  group: AgreementGroup,
  chipPublicKey: Uint8Array,
): Uint8Array {
  return group.compress(chipPublicKey);
}

/**
 * What the terminal signs: ID_IC ‖ r_IC ‖ Comp(PK_DH,IFD) [9303-11 §7.1.2].
 *
 * @param parts.challenge 8 bytes, r_IC
 * @param parts.compressedPublicKey of the terminal's key of Chip Authentication or PACE-CAM
 */
export function encodeTerminalProof(parts: {
  readonly chipIdentifier: Uint8Array;
  readonly challenge: Uint8Array;
  readonly compressedPublicKey: Uint8Array;
}): Uint8Array {
  return concatBytes(parts.chipIdentifier, parts.challenge, parts.compressedPublicKey);
}

/**
 * Chip: the rights that a terminal has after its signature, or undefined when the signature is
 * wrong or the key is not that of a terminal [9303-11 §7.1.2, §7.1.4.3.6].
 */
export function verifyTerminal(
  key: CvTrustedKey,
  message: Uint8Array,
  signature: Uint8Array,
): ReadingRights | undefined {
  const authorization = key.authorizations.at(-1);
  if (authorization === undefined || roleOf(authorization) !== 'terminal') return undefined;
  if (!verifyWithCvKey(key.publicKey, message, signature)) return undefined;
  return effectiveReadingRights(key.authorizations);
}
