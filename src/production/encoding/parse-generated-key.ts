import { decodeBigUint } from '../../standards/bytes/integer';
import { MalformedError } from '../../standards/bytes/malformed';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import { importPublicKey } from '../../standards/crypto/sign-verify';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../../standards/pki/subject-public-key-info';
import { parseOnlyTlv, parseTlvs, requireTlv } from '../../standards/tlv/tlv';
import type { ChipProfile } from '../profile/chip';

const PLACE = 'generated public key';
const TEMPLATE = 0x7f49;
const TAG = { modulus: 0x81, publicExponent: 0x82, point: 0x86 } as const;

/**
 * DER SubjectPublicKeyInfo of what a chip answers to the command that made it a key pair: template
 * 7F49 with the point under 86, or modulus and exponent under 81 and 82 [ISO 7816-8 §5].
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
