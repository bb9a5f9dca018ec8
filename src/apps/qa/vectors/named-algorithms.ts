import { MalformedError } from '../../../standards/bytes/malformed';
import { type DigestName, DIGEST_NAMES } from '../../../standards/crypto/digest-algorithms';
import type { SessionCipherName } from '../../../standards/crypto/session-cipher';

/** A cipher by its usual names: `AES-128`, `aes128`, `AES-CBC-CMAC-192`, `3DES`, `DESede`, `TDES`. */
export function cipherNamed(name: string): SessionCipherName {
  const plain = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (/^(3DES|DES3|DESEDE|TDES|TDEA|TRIPLEDES|3DES.*|DESEDE.*)$/.test(plain)) return '3DES';
  const bits = /^AES.*?(128|192|256)/.exec(plain)?.[1];
  if (bits !== undefined) return `AES-${bits}` as SessionCipherName;
  throw new MalformedError('cipher', 'its name is not known');
}

/** The name by which an entry calls a cipher, when it is one of that cipher's names; else ours. */
export function callCipher(cipher: SessionCipherName, expected: unknown): string {
  const known = typeof expected === 'string' && /^(3?des|tdes|tdea|triple|aes)/i.test(expected);
  return known && cipherNamed(expected) === cipher ? expected : cipher;
}

/** A hash function by its usual names: `SHA-256`, `sha256`, `SHA_1`. */
export function digestNamed(name: string): DigestName {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^sha2(?=\d{3})/, 'sha');
  const found = DIGEST_NAMES.find((digest) => digest === plain);
  if (found === undefined) throw new MalformedError('hash algorithm', 'its name is not known');
  return found;
}
