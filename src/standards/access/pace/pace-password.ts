import { encodeAscii } from '../../bytes/text';
import { digestBytes } from '../../crypto/digest-algorithms';
import { deriveKey } from '../../crypto/key-derivation';
import type { SessionCipherName } from '../../crypto/session-cipher';
import { encodeMrzInformation, type MrzSecret } from '../../mrz/mrz-information';

/** What PACE is run with: the MRZ, or the digits of CAN, PIN or PUK [9303-11 §4.4.4.1, §9.7.3]. */
export type PacePassword =
  | { readonly kind: 'MRZ'; readonly mrz: MrzSecret }
  | { readonly kind: 'CAN' | 'PIN' | 'PUK'; readonly digits: string };

export type PacePasswordKind = PacePassword['kind'];

/** References of the passwords in MSE:Set AT [9303-11 §4.4.4.1, TR-03110-3 §B.11.1]. */
export const PACE_PASSWORD_REFERENCES = {
  MRZ: 1,
  CAN: 2,
  PIN: 3,
  PUK: 4,
} as const satisfies Record<PacePasswordKind, number>;

/**
 * K: SHA-1 of the MRZ information in full length, or the characters of the other passwords
 * [9303-11 §9.7.3].
 */
export function encodePacePassword(password: PacePassword): Uint8Array {
  return password.kind === 'MRZ'
    ? digestBytes('sha1', encodeAscii(encodeMrzInformation(password.mrz)))
    : encodeAscii(password.digits);
}

/** K_π, the key that encrypts the nonce [9303-11 §9.7.3]. */
export function derivePacePasswordKey(
  cipher: SessionCipherName,
  password: PacePassword,
): Uint8Array {
  return deriveKey(cipher, encodePacePassword(password), 'password');
}
