import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concatBytes } from '../bytes/concat';

/** Key and nonce of one message; a nonce never serves twice under one key [SP 800-38D §8]. */
export interface GcmParameters {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  /** Authenticated with the plaintext, not encrypted. */
  readonly context: Uint8Array;
}

export const GCM_NONCE_BYTES = 12;
export const GCM_TAG_BYTES = 16;

/** Ciphertext and after it the tag of 16 bytes [SP 800-38D §7.1]. */
export function encryptAesGcm(parameters: GcmParameters, plaintext: Uint8Array): Uint8Array {
  const { key, nonce, context } = parameters;
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context);
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** The plaintext; undefined when anything differs from the sealing [SP 800-38D §7.2]. */
export function decryptAesGcm(
  parameters: GcmParameters,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < GCM_TAG_BYTES) return undefined;
  const { key, nonce, context } = parameters;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: GCM_TAG_BYTES })
    .setAAD(context)
    .setAuthTag(sealed.subarray(-GCM_TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(0, -GCM_TAG_BYTES));
  try {
    return concatBytes(plaintext, decipher.final());
  } catch {
    return undefined;
  }
}
