import type { AgreementGroup } from '../../crypto/agreement-group';
import { SESSION_CIPHERS } from '../../crypto/session-cipher';
import { encodeOidValue } from '../../asn1/oid';
import { encodeTlv } from '../../tlv/tlv';
import type { PaceProtocol } from './pace-protocol';

/**
 * The public key data object that is authenticated: object identifier and public key without
 * domain parameters; a point stands in 86, an integer in 84 [9303-11 §4.4.3.4, §9.4].
 */
export function encodeTokenInput(
  oid: string,
  group: AgreementGroup,
  publicKey: Uint8Array,
): Uint8Array {
  return encodeTlv(
    0x7f49,
    encodeTlv(0x06, encodeOidValue(oid)),
    encodeTlv(group.kind === 'ECDH' ? 0x86 : 0x84, publicKey),
  );
}

/** The authentication token of 8 bytes over the public key of the other side [9303-11 §4.4.3.4]. */
export function computePaceToken(
  protocol: PaceProtocol,
  macKey: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array {
  const { algorithm, group } = protocol;
  const input = encodeTokenInput(algorithm.oid, group, publicKey);
  return SESSION_CIPHERS[algorithm.cipher].computeTokenMac(macKey, input);
}
