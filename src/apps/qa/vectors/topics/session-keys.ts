import type { SessionKeys } from '../../../../standards/access/session-keys';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { SESSION_CIPHERS } from '../../../../standards/crypto/session-cipher';
import type { Inputs } from '../inputs';
import { cipherNamed } from '../named-algorithms';

/** Keys and counter under the names of BAC and of the later protocols. */
export function sessionKeysOf(inputs: Inputs): SessionKeys {
  const named = inputs.has('alg', 'cipher') ? inputs.text('alg', 'cipher') : '3DES';
  const cipher = cipherNamed(named);
  const { keyBytes, blockBytes } = SESSION_CIPHERS[cipher];
  const sendSequenceCounter = inputs.optionalHex('ssc_before', 'SSC') ?? new Uint8Array(blockBytes);
  const encryptionKey = inputs.hex('ks_enc');
  const macKey = inputs.hex('ks_mac');
  for (const [name, bytes, length] of [
    ['ks_enc', encryptionKey, keyBytes],
    ['ks_mac', macKey, keyBytes],
    ['ssc', sendSequenceCounter, blockBytes],
  ] as const) {
    if (bytes.length !== length) {
      throw new MalformedError(name, `has a length of ${bytes.length} bytes instead of ${length}`);
    }
  }
  return { cipher, encryptionKey, macKey, sendSequenceCounter };
}
