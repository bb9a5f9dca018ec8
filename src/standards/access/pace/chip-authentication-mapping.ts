import { equalBytes } from '../../bytes/compare';
import { decodeBigUint, encodeUint } from '../../bytes/integer';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { padIso, unpadIso } from '../../crypto/iso-padding';
import { modularInverse } from '../../crypto/modular-arithmetic';
import { SESSION_CIPHERS } from '../../crypto/session-cipher';
import { AccessError } from '../access-error';
import type { SessionKeys } from '../session-keys';

/**
 * Chip: CA_IC = SK_IC⁻¹ × SK_Map,IC modulo the order, as long as the order [9303-11 §4.4.3.5.1].
 *
 * @param staticPrivateKey of Chip Authentication
 */
export function computeChipAuthenticationData(
  group: AgreementGroup,
  staticPrivateKey: Uint8Array,
  mappingPrivateKey: Uint8Array,
): Uint8Array {
  const inverse = modularInverse(decodeBigUint(staticPrivateKey) % group.order, group.order);
  const data = (inverse * decodeBigUint(mappingPrivateKey)) % group.order;
  return encodeUint(data, group.orderBytes);
}

/** A_IC = E(KS_Enc, CA_IC), padded, with IV = E(KS_Enc, −1) [9303-11 §4.4.3.5.3, §4.4.3.5.4]. */
export function encryptChipAuthenticationData(session: SessionKeys, data: Uint8Array): Uint8Array {
  const { encrypt, blockBytes } = SESSION_CIPHERS[session.cipher];
  return encrypt(session.encryptionKey, chipAuthenticationIv(session), padIso(data, blockBytes));
}

/**
 * Terminal: CA_IC from A_IC [9303-11 §4.4.3.5.2].
 *
 * @throws AccessError `protocol` when it is no whole blocks or not padded.
 */
export function decryptChipAuthenticationData(
  session: SessionKeys,
  encrypted: Uint8Array,
): Uint8Array {
  const { decrypt, blockBytes } = SESSION_CIPHERS[session.cipher];
  const fail = () =>
    new AccessError('PACE, chip authentication data', 'protocol', 'cannot be decrypted');
  if (encrypted.length === 0 || encrypted.length % blockBytes !== 0) throw fail();
  const plain = decrypt(session.encryptionKey, chipAuthenticationIv(session), encrypted);
  try {
    return unpadIso(plain, 'chip authentication data');
  } catch {
    throw fail();
  }
}

/**
 * Terminal: whether PK_Map,IC is CA_IC times the static public key; only after passive
 * authentication of that key is the chip genuine [9303-11 §4.4.3.5.2].
 *
 * @param staticPublicKey point of ChipAuthenticationPublicKeyInfo in EF.CardSecurity
 * @throws InvalidPublicKeyError when the static public key is no point of the group.
 */
export function verifyChipAuthenticationData(
  group: AgreementGroup,
  proof: { readonly data: Uint8Array; readonly mappingPublicKey: Uint8Array },
  staticPublicKey: Uint8Array,
): boolean {
  const scalar = decodeBigUint(proof.data);
  if (proof.data.length !== group.orderBytes || scalar === 0n || scalar >= group.order) {
    return false;
  }
  return equalBytes(group.multiply(staticPublicKey, scalar), proof.mappingPublicKey);
}

/** E(KS_Enc, −1): the block of all ones encrypted [9303-11 §4.4.3.5.4]. */
export function chipAuthenticationIv(session: SessionKeys): Uint8Array {
  const { deriveIv, blockBytes } = SESSION_CIPHERS[session.cipher];
  return deriveIv(session.encryptionKey, new Uint8Array(blockBytes).fill(0xff));
}
