import {
  derBitString,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from '../asn1/der';
import {
  type DerNode,
  parseDer,
  readBitString,
  readInteger,
  readOctetString,
  readOid,
  readSequence,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { concatBytes } from '../bytes/concat';
import { decodeBigUint, encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import {
  CURVES,
  type CurveParameters,
  type ExplicitParameters,
  findCurveByOid,
} from '../crypto/curve-parameters';

/** A public key as a certificate, DG14 or DG15 carries it [RFC 5280 §4.1.2.7]. */
export type PublicKeyInfo = EcPublicKeyInfo | RsaPublicKeyInfo | OtherPublicKeyInfo;

export interface EcPublicKeyInfo {
  readonly type: 'ec';
  /** Doc 9303 demands explicit parameters; the world has named ones too [9303-12 §4.1.6.3]. */
  readonly parameters: 'explicit' | 'named';
  /** Undefined where the curve is none of the standardized ones. */
  readonly curve: CurveParameters | undefined;
  /** Explicit parameters of another curve, where they can be read. */
  readonly otherCurve?: ExplicitParameters;
  /** False where explicit parameters lack their cofactor. */
  readonly hasCofactor: boolean;
  /** The public point as found; uncompressed `04 ‖ x ‖ y` in a document of Doc 9303. */
  readonly point: Uint8Array;
}

export interface RsaPublicKeyInfo {
  readonly type: 'rsa';
  /** True under the identifier that binds the key to PSS [RFC 4055 §1.2]. */
  readonly pssOnly: boolean;
  readonly modulus: Uint8Array;
  readonly modulusBits: number;
  readonly publicExponent: bigint;
}

export interface OtherPublicKeyInfo {
  readonly type: 'other';
  readonly oid: string;
}

const OID = {
  ecPublicKey: '1.2.840.10045.2.1',
  primeField: '1.2.840.10045.1.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsassaPss: '1.2.840.113549.1.1.10',
} as const;

const PLACE = 'SubjectPublicKeyInfo';

/**
 * DER of an EC key. Explicit parameters carry cofactor and uncompressed base point
 * [9303-12 §4.1.6.3]; named ones are for programs that know no others [RFC 5480 §2.1.1].
 *
 * @param key.point uncompressed, `04 ‖ x ‖ y`
 * @throws RangeError when the point has not the curve's size.
 */
export function encodeEcPublicKey(key: {
  readonly curve: CurveParameters;
  readonly point: Uint8Array;
  readonly parameters: 'explicit' | 'named';
}): Uint8Array {
  const { curve, point } = key;
  if (point[0] !== 0x04 || point.length !== 1 + 2 * curve.fieldBytes) {
    throw new RangeError(
      `the point is not uncompressed and ${curve.fieldBytes} bytes a coordinate`,
    );
  }
  const parameters =
    key.parameters === 'named' ? derOid(curve.oid) : encodeExplicitParameters(curve);
  return derSequence(derSequence(derOid(OID.ecPublicKey), parameters), derBitString(point));
}

/** DER of the ECParameters of a curve, without seed and with cofactor [RFC 3279 §2.3.5]. */
export function encodeExplicitParameters(curve: CurveParameters): Uint8Array {
  const field = (value: bigint): Uint8Array => encodeUint(value, curve.fieldBytes);
  return derSequence(
    derInteger(1),
    derSequence(derOid(OID.primeField), derInteger(curve.p)),
    derSequence(derOctetString(field(curve.a)), derOctetString(field(curve.b))),
    derOctetString(concatBytes(Uint8Array.of(0x04), field(curve.gx), field(curve.gy))),
    derInteger(curve.n),
    derInteger(curve.h),
  );
}

/** DER of an RSA key under rsaEncryption [RFC 3279 §2.3.1]. */
export function encodeRsaPublicKey(key: {
  readonly modulus: Uint8Array;
  readonly publicExponent: number | bigint;
}): Uint8Array {
  const { modulus, publicExponent } = key;
  const bits = derBitString(derSequence(derInteger(modulus), derInteger(publicExponent)));
  return derSequence(derSequence(derOid(OID.rsaEncryption), derNull), bits);
}

/**
 * Reads a public key, with named or explicit curve parameters [RFC 5280 §4.1.2.7, RFC 3279 §2.3].
 *
 * @throws MalformedError
 */
export function parsePublicKeyInfo(bytes: Uint8Array, place = PLACE): PublicKeyInfo {
  const [algorithm, bits] = readSequence(parseDer(bytes, place), place);
  const [identifier, parameters] = readSequence(algorithm, `${place}, algorithm`);
  const oid = readOid(identifier, `${place}, algorithm`);
  if (oid === OID.ecPublicKey) {
    return {
      type: 'ec',
      ...parseEcParameters(parameters, `${place}, curve`),
      point: readBitString(bits, `${place}, point`),
    };
  }
  if (oid === OID.rsaEncryption || oid === OID.rsassaPss) {
    return parseRsaKey(readBitString(bits, `${place}, key`), oid === OID.rsassaPss, place);
  }
  return { type: 'other', oid };
}

/**
 * The same key with explicit curve parameters, without the seed that some programs add; keys of
 * other kinds are returned as they are [9303-12 §4.1.6.3].
 *
 * @throws MalformedError when it cannot be read, or its curve is none of the standardized ones.
 */
export function convertToExplicitParameters(bytes: Uint8Array): Uint8Array {
  const info = parsePublicKeyInfo(bytes);
  if (info.type !== 'ec') return bytes;
  if (info.curve === undefined) throw new MalformedError(PLACE, 'its curve is not standardized');
  return encodeEcPublicKey({ curve: info.curve, point: info.point, parameters: 'explicit' });
}

/** The contents of the subjectPublicKey, of which key identifiers are made [RFC 5280 §4.2.1.2]. */
export function readPublicKeyBits(bytes: Uint8Array): Uint8Array {
  return readBitString(readSequence(parseDer(bytes, PLACE), PLACE)[1], `${PLACE}, key`);
}

/**
 * The curve of EC parameters, named or explicit; no curve where it is none of the standardized ones
 * [RFC 3279 §2.3.5].
 *
 * @throws MalformedError
 */
export function parseEcParameters(
  node: DerNode | undefined,
  place: string,
): Pick<EcPublicKeyInfo, 'parameters' | 'curve' | 'otherCurve' | 'hasCofactor'> {
  if (node?.tag === TAG.oid) {
    return {
      parameters: 'named',
      curve: findCurveByOid(readOid(node, place)),
      hasCofactor: false,
    };
  }
  const [, field, coefficients, base, order, cofactor] = readSequence(node, place);
  const [fieldType, prime] = readSequence(field, `${place}, field`);
  if (readOid(fieldType, `${place}, field`) !== OID.primeField) {
    return { parameters: 'explicit', curve: undefined, hasCofactor: cofactor !== undefined };
  }
  const [a, b] = readSequence(coefficients, `${place}, coefficients`);
  const p = readInteger(prime, `${place}, prime`);
  // Below 3 there is no curve, and nothing can be reduced modulo zero.
  if (p < 3n) throw new MalformedError(`${place}, prime`, 'is no odd prime');
  const found = {
    p,
    // Some issuers write the coefficient a as p - 3 and some as a longer residue: compare mod p.
    a: decodeBigUint(readOctetString(a, `${place}, a`)) % p,
    b: decodeBigUint(readOctetString(b, `${place}, b`)) % p,
    n: readInteger(order, `${place}, order`),
  };
  const basePoint = readOctetString(base, `${place}, base point`);
  const curve = Object.values<CurveParameters>(CURVES).find(
    (known) =>
      (['p', 'a', 'b', 'n'] as const).every((member) => known[member] === found[member]) &&
      isBasePoint(known, basePoint),
  );
  const half = (basePoint.length - 1) / 2;
  const otherCurve = curve === undefined &&
    basePoint[0] === 0x04 && {
      ...found,
      gx: decodeBigUint(basePoint.subarray(1, 1 + half)),
      gy: decodeBigUint(basePoint.subarray(1 + half)),
    };
  return {
    parameters: 'explicit',
    curve,
    ...(otherCurve && { otherCurve }),
    hasCofactor: cofactor !== undefined,
  };
}

function isBasePoint(curve: CurveParameters, point: Uint8Array): boolean {
  const x = decodeBigUint(point.subarray(1, 1 + curve.fieldBytes));
  if (x !== curve.gx) return false;
  const rest = point.subarray(1 + curve.fieldBytes);
  const form = point[0];
  if (form === 0x04) return rest.length === curve.fieldBytes && decodeBigUint(rest) === curve.gy;
  return rest.length === 0 && form === Number(2n + (curve.gy & 1n));
}

function parseRsaKey(bits: Uint8Array, pssOnly: boolean, place: string): RsaPublicKeyInfo {
  const [n, e] = readSequence(parseDer(bits, `${place}, RSA key`), `${place}, RSA key`);
  const modulus = readInteger(n, `${place}, modulus`);
  if (modulus === 0n) throw new MalformedError(`${place}, modulus`, 'is zero');
  const modulusBits = modulus.toString(2).length;
  return {
    type: 'rsa',
    pssOnly,
    modulus: encodeUint(modulus, Math.ceil(modulusBits / 8)),
    modulusBits,
    publicExponent: readInteger(e, `${place}, exponent`),
  };
}
