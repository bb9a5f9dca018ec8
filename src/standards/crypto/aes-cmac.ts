import { cmac } from '@noble/ciphers/aes.js';

/** AES-CMAC, all 16 bytes; Doc 9303 sends the first 8 of them [SP 800-38B §6.2]. */
export function computeAesCmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return cmac(message, key);
}
