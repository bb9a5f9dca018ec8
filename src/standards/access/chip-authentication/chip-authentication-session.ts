import { agreeOnElement, type AgreementGroup, derivePublicKey } from '../../crypto/agreement-group';
import { deriveChannelKeys } from '../../crypto/key-derivation';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import type { SessionKeys } from '../session-keys';
import type { ChipAuthenticationOffer } from './chip-authentication-protocol';

/** Terminal: what goes to the chip and what secure messaging restarts with. */
export interface ChipAuthenticationRun {
  /** Ephemeral public key, which Terminal Authentication binds to [9303-11 §7.1]. */
  readonly publicKey: Uint8Array;
  readonly session: SessionKeys;
}

/**
 * Terminal: the ephemeral public key for the chip, and the session that a genuine chip will reach
 * too; the first command under it proves the chip [9303-11 §6.2.1].
 *
 * @throws InvalidPublicKeyError when the key of the chip is not of its group.
 */
export function runChipAuthentication(
  offer: ChipAuthenticationOffer,
  privateKey: Uint8Array,
): ChipAuthenticationRun {
  const { group, algorithm } = offer;
  return {
    publicKey: derivePublicKey(group, privateKey),
    session: deriveChipAuthenticationSession(
      algorithm.cipher,
      group.sharedSecret(agreeOnElement(group, privateKey, offer.publicKey)),
    ),
  };
}

/**
 * Chip: the session from its static key and what the terminal sent [9303-11 §6.2.1].
 *
 * @throws InvalidPublicKeyError (answer 6A80)
 */
export function answerChipAuthentication(
  key: { readonly group: AgreementGroup; readonly staticPrivateKey: Uint8Array },
  cipher: SessionCipherName,
  terminalPublicKey: Uint8Array,
): SessionKeys {
  const { group, staticPrivateKey } = key;
  const element = agreeOnElement(group, staticPrivateKey, terminalPublicKey);
  return deriveChipAuthenticationSession(cipher, group.sharedSecret(element));
}

/** Keys from the shared secret; the counter starts at zero [9303-11 §9.7.4, §9.8.7.3]. */
export function deriveChipAuthenticationSession(
  cipher: SessionCipherName,
  sharedSecret: Uint8Array,
): SessionKeys {
  return {
    ...deriveChannelKeys(cipher, sharedSecret),
    sendSequenceCounter: new Uint8Array(SESSION_CIPHERS[cipher].blockBytes),
  };
}
