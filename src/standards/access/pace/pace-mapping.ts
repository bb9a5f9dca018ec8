import { decodeBigUint } from '../../bytes/integer';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { derivePseudoRandomFieldElement } from './pace-nonce';
import type { PaceProtocol } from './pace-protocol';

/**
 * The ephemeral generator of generic and chip authentication mapping: s × G + H, or g^s × h
 * [9303-11 §4.4.3.3.1].
 *
 * @param shared H or h, the element that both sides reached with their mapping keys
 * @throws InvalidPublicKeyError when the result is the neutral element.
 */
export function mapGeneric(
  group: AgreementGroup,
  nonce: Uint8Array,
  shared: Uint8Array,
): Uint8Array {
  return group.combine(group.multiply(group.generator, decodeBigUint(nonce)), shared);
}

/**
 * The ephemeral generator of integrated mapping [9303-11 §4.4.3.3.2].
 *
 * @throws InvalidPublicKeyError when the result is the neutral element.
 */
export function mapIntegrated(
  protocol: PaceProtocol,
  nonce: Uint8Array,
  terminalNonce: Uint8Array,
): Uint8Array {
  const element = derivePseudoRandomFieldElement(protocol, nonce, terminalNonce);
  return protocol.group.mapFieldElement(element);
}
