import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { parseDer, readOctetString, readSequence } from '../asn1/read';
import { decodeBigUint, encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { convertToExplicitParameters, parsePublicKeyInfo } from './subject-public-key-info';

/** What a chip is given of a key pair, and what its certificate or data group says of it. */
export type PrivateKeyNumbers =
  | {
      readonly type: 'rsa';
      /** DER SubjectPublicKeyInfo. */
      readonly publicKey: Uint8Array;
      readonly modulus: Uint8Array;
      /** As long as the modulus. */
      readonly privateExponent: Uint8Array;
    }
  | {
      readonly type: 'ec';
      /** DER SubjectPublicKeyInfo with explicit parameters. */
      readonly publicKey: Uint8Array;
      /** As long as the order of the group. */
      readonly privateScalar: Uint8Array;
    };

/**
 * The numbers of a private key, each at its full length, and its public half [RFC 5958 §2].
 *
 * @param pkcs8 DER of the PrivateKeyInfo
 * @throws MalformedError when it is no RSA or EC key
 */
export function readPrivateKeyNumbers(pkcs8: Uint8Array): PrivateKeyNumbers {
  const privateKey = parseKey(pkcs8);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki);
  if (privateKey.asymmetricKeyType === 'rsa') {
    const { n = '', d = '' } = privateKey.export({ format: 'jwk' });
    const modulus = decodeBase64Url(n);
    const privateExponent = encodeUint(decodeBigUint(decodeBase64Url(d)), modulus.length);
    return { type: 'rsa', publicKey, modulus, privateExponent };
  }
  const info = parsePublicKeyInfo(publicKey, PLACE);
  if (info.type !== 'ec' || info.curve === undefined) throw new MalformedError(PLACE, NEITHER);
  return {
    type: 'ec',
    publicKey: convertToExplicitParameters(publicKey),
    privateScalar: encodeUint(readScalar(privateKey), info.curve.orderBytes),
  };
}

const PLACE = 'private key';
const NEITHER = 'is neither an RSA key nor one on a curve that is known';

function parseKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    throw new MalformedError(PLACE, 'is no PKCS #8');
  }
}

/** ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING, … } [RFC 5915 §3]. */
function readScalar(privateKey: KeyObject): bigint {
  const sec1 = privateKey.export({ format: 'der', type: 'sec1' });
  const [, scalar] = readSequence(parseDer(sec1, 'ECPrivateKey'), 'ECPrivateKey');
  return decodeBigUint(readOctetString(scalar, 'ECPrivateKey'));
}

function decodeBase64Url(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
