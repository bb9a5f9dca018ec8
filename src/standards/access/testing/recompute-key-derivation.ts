import { encodeUint } from '../../bytes/integer';
import { encodeAscii } from '../../bytes/text';
import { digestBytes } from '../../crypto/digest-algorithms';
import { adjustDesParity, deriveKey } from '../../crypto/key-derivation';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { hexInput, hexMembers, type Recomputed, textInput, type VectorEntry } from './vector-entry';

/** Entries of the topic KDF [9303-11 §9.7.1, §9.7.3]. */
export function recomputeKeyDerivation(entry: VectorEntry): Recomputed {
  if ('K_seed' in entry.inputs) return recomputeBacKeys(hexInput(entry, 'K_seed'));
  const cipher = textInput(entry, 'alg') as SessionCipherName;
  const counter = entry.inputs['counter'] as 1 | 2 | 3;
  const secret = secretOf(entry);
  const purpose = ({ 1: 'encryption', 2: 'mac', 3: 'password' } as const)[counter];
  const { keyBytes, derivationDigest } = SESSION_CIPHERS[cipher];
  const hash = digestBytes(derivationDigest, secret, encodeUint(counter, 4));
  return hexMembers({
    K: secret,
    key: deriveKey(cipher, secret, purpose),
    key_without_parity_adjustment: hash.subarray(0, keyBytes),
  });
}

/** Keys of BAC from their seed [9303-11 §9.7.2, §D.1]. */
export function recomputeBacKeys(seed: Uint8Array): Recomputed {
  const first = digestBytes('sha1', seed, encodeUint(1, 4));
  const second = digestBytes('sha1', seed, encodeUint(2, 4));
  return hexMembers({
    hash_c1: first,
    hash_c2: second,
    K_enc_no_parity: first.subarray(0, 16),
    K_mac_no_parity: second.subarray(0, 16),
    K_enc: adjustDesParity(first.subarray(0, 16)),
    K_mac: deriveKey('3DES', seed, 'mac'),
  });
}

function secretOf(entry: VectorEntry): Uint8Array {
  if ('shared_secret' in entry.inputs) return hexInput(entry, 'shared_secret');
  if ('password' in entry.inputs) return encodeAscii(textInput(entry, 'password'));
  return digestBytes('sha1', encodeAscii(textInput(entry, 'mrz_information')));
}
