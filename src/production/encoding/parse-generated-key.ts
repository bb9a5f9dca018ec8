import { encodeDhPublicKey } from '../../standards/access/chip-authentication/dh-public-key';
import { decodeBigUint } from '../../standards/bytes/integer';
import { MalformedError } from '../../standards/bytes/malformed';
import { InvalidPublicKeyError } from '../../standards/crypto/agreement-group';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import { findDhGroupByPaceParameterId } from '../../standards/crypto/dh-parameters';
import { importPublicKey } from '../../standards/crypto/sign-verify';
import { findStandardizedGroup } from '../../standards/crypto/standardized-groups';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../../standards/pki/subject-public-key-info';
import { parseOnlyTlv, parseTlvs, requireTlv } from '../../standards/tlv/tlv';
import type { ChipProfile } from '../profile/chip';

const PLACE = 'generated public key';
const TEMPLATE = 0x7f49;
const TAG = { modulus: 0x81, publicExponent: 0x82, publicValue: 0x84, point: 0x86 } as const;

/**
 * DER SubjectPublicKeyInfo of what a chip answers to the command that made it a key pair: template
 * 7F49 with the point under 86, modulus and exponent under 81 and 82, or the public value of
 * Diffie-Hellman under 84 [ISO 7816-8 §5, TR-03110-3 §D.3].
 *
 * @throws MalformedError also for a key of another kind or length, or a point beside the curve.
 */
export function parseGeneratedKey(
  answer: Uint8Array,
  kind: ChipProfile['activeAuthentication'] | ChipProfile['chipAuthentication'],
): Uint8Array {
  const parts = parseTlvs(parseOnlyTlv(answer, TEMPLATE, PLACE), PLACE);
  if (kind !== undefined && 'modulusBits' in kind) {
    const modulus = requireTlv(parts, TAG.modulus, PLACE);
    const bits = decodeBigUint(modulus).toString(2).length;
    if (bits !== kind.modulusBits) throw new MalformedError(PLACE, `has ${bits} bits`);
    const publicExponent = decodeBigUint(requireTlv(parts, TAG.publicExponent, PLACE));
    if (publicExponent < 3n) throw new MalformedError(PLACE, 'has no public exponent');
    return encodeRsaPublicKey({ modulus, publicExponent });
  }
  if (kind !== undefined && 'dhGroup' in kind) {
    return readDhKey(requireTlv(parts, TAG.publicValue, PLACE), kind.dhGroup);
  }
  const curve = findCurveByName(kind?.curve ?? '');
  if (curve === undefined) throw new MalformedError(PLACE, 'is for no curve that is known');
  const point = requireTlv(parts, TAG.point, PLACE);
  if (point.length !== 1 + 2 * curve.fieldBytes || point[0] !== 0x04) {
    throw new MalformedError(PLACE, `is no point of ${curve.name}`);
  }
  const publicKey = encodeEcPublicKey({ curve, point, parameters: 'explicit' });
  try {
    importPublicKey(publicKey);
  } catch {
    throw new MalformedError(PLACE, `does not lie on ${curve.name}`);
  }
  return publicKey;
}

/** By PKCS #3, as Doc 9303 demands [9303-11 §9.2.6]. */
function readDhKey(publicValue: Uint8Array, parameterId: number): Uint8Array {
  const parameters = findDhGroupByPaceParameterId(parameterId);
  const group = findStandardizedGroup(parameterId);
  if (parameters === undefined || group === undefined) {
    throw new MalformedError(PLACE, 'is for no group that is known');
  }
  try {
    group.multiply(publicValue, 1n);
  } catch (cause) {
    if (!(cause instanceof InvalidPublicKeyError)) throw cause;
    throw new MalformedError(PLACE, `is no value of ${group.name}`);
  }
  return encodeDhPublicKey(parameters, publicValue);
}
