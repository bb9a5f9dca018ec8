import {
  type AgreementGroup,
  agreeOnElement,
  derivePublicKey,
  InvalidPublicKeyError,
} from '../../crypto/agreement-group';
import { deriveChannelKeys } from '../../crypto/key-derivation';
import { SESSION_CIPHERS } from '../../crypto/session-cipher';
import { equalBytes } from '../../bytes/compare';
import { MalformedError } from '../../bytes/malformed';
import { AccessError } from '../access-error';
import type { SessionKeys } from '../session-keys';
import type { PaceProtocol } from './pace-protocol';

/** An ephemeral key pair; the public key in the form in which it travels. */
export interface EphemeralKeys {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** The key pair to a private key under the group's own or a mapped generator [9303-11 §9.6]. */
export function ephemeralKeys(
  group: AgreementGroup,
  privateKey: Uint8Array,
  generator?: Uint8Array,
): EphemeralKeys {
  return { privateKey, publicKey: derivePublicKey(group, privateKey, generator) };
}

/**
 * The element that both key pairs lead to. A public key equal to the own one is refused: the other
 * side may only have sent it back [9303-11 §4.4.1 step 3 d].
 *
 * @throws AccessError `protocol`
 */
export function agreeWith(
  group: AgreementGroup,
  own: EphemeralKeys,
  otherPublicKey: Uint8Array,
): Uint8Array {
  if (equalBytes(own.publicKey, otherPublicKey)) {
    throw new AccessError('PACE', 'protocol', 'both sides have the same public key');
  }
  return agreeOnElement(group, own.privateKey, otherPublicKey);
}

/** Session keys from the shared element, with a counter of zero [9303-11 §4.4.1, §9.8.7.3]. */
export function derivePaceSession(protocol: PaceProtocol, sharedElement: Uint8Array): SessionKeys {
  const { algorithm, group } = protocol;
  return {
    ...deriveChannelKeys(algorithm.cipher, group.sharedSecret(sharedElement)),
    sendSequenceCounter: new Uint8Array(SESSION_CIPHERS[algorithm.cipher].blockBytes),
  };
}

/** Runs one step; what the other side sent wrong becomes an AccessError of it [9303-11 §4.4.1]. */
export function paceStep<T>(step: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MalformedError || error instanceof InvalidPublicKeyError) {
      throw new AccessError(`PACE, ${step}`, 'protocol', error.message, { cause: error });
    }
    throw error;
  }
}
