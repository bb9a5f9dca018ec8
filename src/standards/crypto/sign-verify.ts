import {
  constants,
  createPublicKey,
  type KeyObject,
  sign,
  type SignKeyObjectInput,
  verify,
} from 'node:crypto';
import { derSequence } from '../asn1/der';
import { derChildren, parseDer } from '../asn1/read';
import { MalformedError } from '../bytes/malformed';
import { encodeSignatureIdentifier, type SignatureAlgorithm } from './signature-algorithms';

/**
 * A public key from its DER SubjectPublicKeyInfo, with named or explicit curve parameters
 * [RFC 5280 §4.1.2.7].
 *
 * @throws MalformedError when the key cannot be used.
 */
export function importPublicKey(subjectPublicKeyInfo: Uint8Array): KeyObject {
  const der = Buffer.from(subjectPublicKeyInfo);
  const name = der.toString('latin1');
  const key = IMPORTED.get(name) ?? createKey(der);
  // The one that was used last stands last, so that the first is the one to forget.
  IMPORTED.delete(name);
  IMPORTED.set(name, key);
  const [oldest] = IMPORTED.keys();
  if (IMPORTED.size > MAX_IMPORTED && oldest !== undefined) IMPORTED.delete(oldest);
  return key;
}

/**
 * The keys of CSCA and document signers come with every card, and with explicit curve parameters
 * OpenSSL takes a millisecond for each.
 */
const IMPORTED = new Map<string, KeyObject>();
const MAX_IMPORTED = 64;

function createKey(der: Buffer): KeyObject {
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    throw new MalformedError('SubjectPublicKeyInfo', 'is no key that can be used');
  }
}

/**
 * The signature over `message` as it stands in a certificate or SignerInfo: a DER sequence for
 * ECDSA and DSA, as long as the modulus for RSA [RFC 5652 §5.4].
 */
export function signMessage(
  algorithm: SignatureAlgorithm,
  privateKey: KeyObject,
  message: Uint8Array,
): Uint8Array {
  return new Uint8Array(sign(algorithm.digest, message, keyInput(algorithm, privateKey)));
}

export interface SignatureToVerify {
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: KeyObject;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * True when the signature is right. A key of another kind than the algorithm, and a signature
 * that cannot be decoded, are a wrong signature [RFC 5652 §5.6].
 */
export function verifySignature(given: SignatureToVerify): boolean {
  const { algorithm, publicKey, message, signature } = given;
  if (!keyFits(algorithm, publicKey)) return false;
  try {
    const key = usesOtherMask(algorithm) ? bindToMask(algorithm, publicKey) : publicKey;
    return verify(algorithm.digest, message, keyInput(algorithm, key), signature);
  } catch {
    // OpenSSL throws instead of answering when a padding or a parameter does not fit the key.
    return false;
  }
}

function keyFits(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  const types = {
    ecdsa: ['ec'],
    dsa: ['dsa'],
    'rsa-pkcs1': ['rsa'],
    'rsa-pss': ['rsa', 'rsa-pss'],
  };
  return types[algorithm.scheme].includes(key.asymmetricKeyType ?? '');
}

function keyInput(algorithm: SignatureAlgorithm, key: KeyObject): SignKeyObjectInput {
  switch (algorithm.scheme) {
    case 'ecdsa':
      return { key, dsaEncoding: algorithm.form === 'plain' ? 'ieee-p1363' : 'der' };
    case 'dsa':
      return { key, dsaEncoding: 'der' };
    case 'rsa-pkcs1':
      return { key, padding: constants.RSA_PKCS1_PADDING };
    case 'rsa-pss':
      return {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: algorithm.saltBytes,
      };
  }
}

function usesOtherMask(algorithm: SignatureAlgorithm): boolean {
  return algorithm.scheme === 'rsa-pss' && algorithm.maskDigest !== algorithm.digest;
}

/** Node takes a mask function other than the hash only from the parameters of the key itself. */
function bindToMask(algorithm: SignatureAlgorithm, publicKey: KeyObject): KeyObject {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const bits = derChildren(parseDer(spki, 'SubjectPublicKeyInfo'))[1];
  if (bits === undefined) throw new MalformedError('SubjectPublicKeyInfo', 'has no key');
  return importPublicKey(derSequence(encodeSignatureIdentifier(algorithm), bits.raw));
}
