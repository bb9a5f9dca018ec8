import { equalBytes } from '../bytes/compare';
import { parsePublicKeyInfo } from './subject-public-key-info';

/**
 * Whether two public keys are the same, however the parameters of their curve are written: named in
 * one, explicit in the other [RFC 3279 §2.3.5, 9303-12 §4.1.6.3].
 *
 * @param left DER SubjectPublicKeyInfo, as the other
 * @throws MalformedError
 */
export function isSamePublicKey(left: Uint8Array, right: Uint8Array): boolean {
  if (equalBytes(left, right)) return true;
  const [one, other] = [parsePublicKeyInfo(left), parsePublicKeyInfo(right)];
  if (one.type !== 'ec' || other.type !== 'ec') return false;
  return equalBytes(one.point, other.point) && one.curve?.name === other.curve?.name;
}
