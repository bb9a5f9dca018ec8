import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from '../sealer';

/** AES-256-GCM under a key that lives as long as the test. */
export function createAesSealer(): Sealer {
  const key = randomBytes(32);
  return {
    seal(plaintext, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final()]);
      return Promise.resolve(new Uint8Array(Buffer.concat([sealed, cipher.getAuthTag()])));
    },
    open(sealed, context) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-16));
      const plaintext = decipher.update(sealed.subarray(12, -16));
      return Promise.resolve(new Uint8Array(Buffer.concat([plaintext, decipher.final()])));
    },
  };
}
