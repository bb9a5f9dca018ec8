import { decodeOidValue, encodeOidValue } from '../../asn1/oid';
import { concatBytes } from '../../bytes/concat';
import { decodeBigUint, encodeMinimalUint, encodeUint } from '../../bytes/integer';
import { MalformedError } from '../../bytes/malformed';
import { type CurveParameters, findCurveByParameters } from '../../crypto/curve-parameters';
import { importPublicKey, verifySignature } from '../../crypto/sign-verify';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../../pki/subject-public-key-info';
import { encodeTlv, findTlv, parseTlvs, requireTlv, type Tlv } from '../../tlv/tlv';
import { type CvAlgorithm, findCvAlgorithm } from './cv-algorithms';

/** A public key of a card-verifiable certificate [9303-12 §7.2.2.3]. */
export type CvPublicKey = CvEcPublicKey | CvRsaPublicKey;

export interface CvEcPublicKey {
  readonly type: 'ec';
  readonly algorithm: CvAlgorithm;
  /** Undefined where the certificate leaves the parameters to that of its CVCA. */
  readonly curve: CurveParameters | undefined;
  /** Uncompressed, `04 ‖ x ‖ y`. */
  readonly point: Uint8Array;
}

export interface CvRsaPublicKey {
  readonly type: 'rsa';
  readonly algorithm: CvAlgorithm;
  readonly modulus: Uint8Array;
  readonly publicExponent: bigint;
}

const PLACE = 'CV certificate, public key';
const TAG = { publicKey: 0x7f49, oid: 0x06, p: 0x81, a: 0x82, b: 0x83, g: 0x84, n: 0x85 } as const;
const EC_POINT = 0x86;
const COFACTOR = 0x87;
const RSA_MODULUS = 0x81;
const RSA_EXPONENT = 0x82;
const MAX_MODULUS_BYTES = 512;

/**
 * Reads the value of a public key data object [9303-12 §7.2.3.2].
 *
 * @throws MalformedError, also when the curve is none of the standardized ones.
 */
export function parseCvPublicKey(value: Uint8Array): CvPublicKey {
  const tlvs = parseTlvs(value, PLACE);
  const oid = decodeOidValue(requireTlv(tlvs, TAG.oid, PLACE), PLACE);
  const algorithm = findCvAlgorithm(oid);
  if (algorithm === undefined) throw new MalformedError(PLACE, `${oid} is no known algorithm`);
  if (algorithm.keyType === 'ec') {
    const point = requireTlv(tlvs, EC_POINT, PLACE);
    return { type: 'ec', algorithm, curve: parseCurve(tlvs, point), point };
  }
  const modulus = requireTlv(tlvs, RSA_MODULUS, PLACE);
  if (modulus.length > MAX_MODULUS_BYTES)
    throw new MalformedError(PLACE, 'its modulus is too long');
  const publicExponent = decodeBigUint(requireTlv(tlvs, RSA_EXPONENT, PLACE));
  return { type: 'rsa', algorithm, modulus, publicExponent };
}

/**
 * The public key data object, tag 7F49. Domain parameters stand in certificates of a CVCA alone
 * [9303-12 §7.2.2.3, §7.2.3.2].
 *
 * @throws RangeError when parameters are wanted of a key that has none.
 */
export function encodeCvPublicKey(
  key: CvPublicKey,
  options: { readonly withParameters: boolean },
): Uint8Array {
  const oid = encodeTlv(TAG.oid, encodeOidValue(key.algorithm.oid));
  if (key.type === 'rsa') {
    return encodeTlv(
      TAG.publicKey,
      oid,
      encodeTlv(RSA_MODULUS, key.modulus),
      encodeTlv(RSA_EXPONENT, encodeMinimalUint(key.publicExponent)),
    );
  }
  if (!options.withParameters) {
    return encodeTlv(TAG.publicKey, oid, encodeTlv(EC_POINT, key.point));
  }
  if (key.curve === undefined) throw new RangeError('the key has no domain parameters');
  const { p, a, b, gx, gy, n, h, fieldBytes } = key.curve;
  const field = (value: bigint) => encodeUint(value, fieldBytes);
  return encodeTlv(
    TAG.publicKey,
    oid,
    encodeTlv(TAG.p, encodeMinimalUint(p)),
    encodeTlv(TAG.a, encodeMinimalUint(a)),
    encodeTlv(TAG.b, encodeMinimalUint(b)),
    encodeTlv(TAG.g, concatBytes(Uint8Array.of(0x04), field(gx), field(gy))),
    encodeTlv(TAG.n, encodeMinimalUint(n)),
    encodeTlv(EC_POINT, key.point),
    encodeTlv(COFACTOR, encodeMinimalUint(h)),
  );
}

/** The key with the domain parameters of its CVCA where it has none itself [9303-12 §7.2.2.3]. */
export function inheritParameters(key: CvPublicKey, issuer: CvPublicKey): CvPublicKey {
  if (key.type !== 'ec' || key.curve !== undefined || issuer.type !== 'ec') return key;
  return { ...key, curve: issuer.curve };
}

/**
 * Whether the signature over the message is right; a key without domain parameters or with a
 * point off the curve verifies nothing [9303-11 §7.1.4].
 */
export function verifyWithCvKey(
  key: CvPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const subjectPublicKeyInfo = toSubjectPublicKeyInfo(key);
  if (subjectPublicKeyInfo === undefined) return false;
  try {
    return verifySignature({
      algorithm: key.algorithm.signature,
      publicKey: importPublicKey(subjectPublicKeyInfo),
      message,
      signature,
    });
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

function toSubjectPublicKeyInfo(key: CvPublicKey): Uint8Array | undefined {
  if (key.type === 'rsa') return encodeRsaPublicKey(key);
  const { curve, point } = key;
  if (curve === undefined || point.length !== 1 + 2 * curve.fieldBytes || point[0] !== 0x04) {
    return undefined;
  }
  return encodeEcPublicKey({ curve, point, parameters: 'named' });
}

function parseCurve(tlvs: readonly Tlv[], point: Uint8Array): CurveParameters | undefined {
  if (findTlv(tlvs, TAG.p) === undefined) return undefined;
  const value = (tag: number) => decodeBigUint(requireTlv(tlvs, tag, PLACE));
  const base = requireTlv(tlvs, TAG.g, PLACE);
  const half = (base.length - 1) / 2;
  const curve = findCurveByParameters({
    p: value(TAG.p),
    a: value(TAG.a),
    b: value(TAG.b),
    gx: decodeBigUint(base.subarray(1, 1 + half)),
    gy: decodeBigUint(base.subarray(1 + half)),
    n: value(TAG.n),
  });
  if (curve === undefined) throw new MalformedError(PLACE, 'its curve is not standardized');
  if (point.length !== 1 + 2 * curve.fieldBytes) {
    throw new MalformedError(PLACE, 'its point has not the size of the curve');
  }
  return curve;
}
