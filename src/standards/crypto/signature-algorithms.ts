import { derContext, derInteger, derNull, derOid, derSequence } from '../asn1/der';
import { derChildren, type DerNode, readOid, readSequence, readSmallInteger } from '../asn1/read';
import { MalformedError } from '../bytes/malformed';
import { CURVE_NAMES, type CurveName, findCurveByName } from './curve-parameters';
import {
  DIGEST_NAMES,
  type DigestName,
  DIGESTS,
  encodeDigestIdentifier,
  parseDigestIdentifier,
} from './digest-algorithms';

/** How a signature is made, whatever key makes it. */
export type SignatureAlgorithm =
  | { readonly scheme: 'ecdsa'; readonly digest: DigestName; readonly form: EcdsaForm }
  | { readonly scheme: 'rsa-pkcs1'; readonly digest: DigestName }
  | {
      readonly scheme: 'rsa-pss';
      readonly digest: DigestName;
      readonly maskDigest: DigestName;
      readonly saltBytes: number;
    }
  | { readonly scheme: 'dsa'; readonly digest: DigestName };

/** ECDSA signatures stand as a DER sequence, or as plain r ‖ s under the BSI's identifiers. */
export type EcdsaForm = 'der' | 'plain';

/** What key a named algorithm takes. */
export type SignatureKey =
  | { readonly type: 'ec'; readonly curve: CurveName }
  | { readonly type: 'rsa'; readonly modulusBits: number };

/** An algorithm with its key, by its name on the command line. */
export interface NamedSignatureAlgorithm {
  readonly name: string;
  readonly key: SignatureKey;
  readonly signature: SignatureAlgorithm;
}

type SimpleRow = Exclude<SignatureAlgorithm, { readonly scheme: 'rsa-pss' }>;

/** Object identifiers of signatures that need no parameters to be understood. */
const SIGNATURE_OIDS = {
  '1.2.840.10045.4.1': { scheme: 'ecdsa', digest: 'sha1', form: 'der' },
  '1.2.840.10045.4.3.1': { scheme: 'ecdsa', digest: 'sha224', form: 'der' },
  '1.2.840.10045.4.3.2': { scheme: 'ecdsa', digest: 'sha256', form: 'der' },
  '1.2.840.10045.4.3.3': { scheme: 'ecdsa', digest: 'sha384', form: 'der' },
  '1.2.840.10045.4.3.4': { scheme: 'ecdsa', digest: 'sha512', form: 'der' },
  '0.4.0.127.0.7.1.1.4.1.1': { scheme: 'ecdsa', digest: 'sha1', form: 'plain' },
  '0.4.0.127.0.7.1.1.4.1.2': { scheme: 'ecdsa', digest: 'sha224', form: 'plain' },
  '0.4.0.127.0.7.1.1.4.1.3': { scheme: 'ecdsa', digest: 'sha256', form: 'plain' },
  '0.4.0.127.0.7.1.1.4.1.4': { scheme: 'ecdsa', digest: 'sha384', form: 'plain' },
  '0.4.0.127.0.7.1.1.4.1.5': { scheme: 'ecdsa', digest: 'sha512', form: 'plain' },
  '1.2.840.113549.1.1.5': { scheme: 'rsa-pkcs1', digest: 'sha1' },
  '1.2.840.113549.1.1.14': { scheme: 'rsa-pkcs1', digest: 'sha224' },
  '1.2.840.113549.1.1.11': { scheme: 'rsa-pkcs1', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { scheme: 'rsa-pkcs1', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { scheme: 'rsa-pkcs1', digest: 'sha512' },
  '1.2.840.10040.4.3': { scheme: 'dsa', digest: 'sha1' },
  '2.16.840.1.101.3.4.3.1': { scheme: 'dsa', digest: 'sha224' },
  '2.16.840.1.101.3.4.3.2': { scheme: 'dsa', digest: 'sha256' },
  '2.16.840.1.101.3.4.3.3': { scheme: 'dsa', digest: 'sha384' },
  '2.16.840.1.101.3.4.3.4': { scheme: 'dsa', digest: 'sha512' },
} as const satisfies Record<string, SimpleRow>;

/** Identifiers of keys that some signers write where the signature's identifier belongs. */
const KEY_OIDS = {
  '1.2.840.113549.1.1.1': 'rsa-pkcs1',
  '1.2.840.10045.2.1': 'ecdsa',
  '1.2.840.10040.4.1': 'dsa',
} as const;

const RSASSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';

const NAME =
  /^(?:ecdsa-(?<curve>.+)|rsa-(?<bits>\d+)(?:-(?<padding>pkcs1|pss))?)-(?<digest>sha\d+)$/;
const RSA_MODULUS_BITS = [1024, 2048, 3072, 4096] as const;

/**
 * A name as `ecdsa-brainpoolP256r1-sha256`, `ecdsa-P-256-sha384`, `rsa-2048-sha256`,
 * `rsa-3072-pkcs1-sha256` or `rsa-3072-pss-sha256` [9303-12 §4.1.6].
 *
 * @throws MalformedError that says which names there are.
 */
export function parseSignatureAlgorithmName(name: string): NamedSignatureAlgorithm {
  const groups = NAME.exec(name)?.groups;
  const digest = DIGEST_NAMES.find((known) => known !== 'sha1' && known === groups?.['digest']);
  const curve = findCurveByName(groups?.['curve'] ?? '')?.name as CurveName | undefined;
  const bits = RSA_MODULUS_BITS.find((known) => String(known) === groups?.['bits']);
  if (digest !== undefined && curve !== undefined) {
    return {
      name,
      key: { type: 'ec', curve },
      signature: { scheme: 'ecdsa', digest, form: 'der' },
    };
  }
  if (digest !== undefined && bits !== undefined) {
    const signature: SignatureAlgorithm =
      groups?.['padding'] === 'pss'
        ? { scheme: 'rsa-pss', digest, maskDigest: digest, saltBytes: DIGESTS[digest].lengthBytes }
        : { scheme: 'rsa-pkcs1', digest };
    return { name, key: { type: 'rsa', modulusBits: bits }, signature };
  }
  throw new MalformedError(
    'signature algorithm name',
    `is none of ecdsa-CURVE-DIGEST with CURVE of ${CURVE_NAMES.join(', ')}, or ` +
      `rsa-BITS-pkcs1-DIGEST, rsa-BITS-pss-DIGEST with BITS of ${RSA_MODULUS_BITS.join(', ')}; ` +
      'DIGEST of sha224, sha256, sha384, sha512',
  );
}

/**
 * AlgorithmIdentifier of a signature: no parameters for ECDSA and DSA [RFC 5758 §3], NULL for RSA
 * PKCS#1 [RFC 4055 §5], hash, mask and salt for PSS [RFC 4055 §3.1].
 */
export function encodeSignatureIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.scheme === 'rsa-pss') {
    return derSequence(derOid(RSASSA_PSS), encodePssParameters(algorithm));
  }
  const [oid] =
    Object.entries<SimpleRow>(SIGNATURE_OIDS).find(
      ([, row]) =>
        row.scheme === algorithm.scheme &&
        row.digest === algorithm.digest &&
        (row.scheme !== 'ecdsa' || algorithm.scheme !== 'ecdsa' || row.form === algorithm.form),
    ) ?? [];
  if (oid === undefined) throw new RangeError('the algorithm has no object identifier');
  return algorithm.scheme === 'rsa-pkcs1'
    ? derSequence(derOid(oid), derNull)
    : derSequence(derOid(oid));
}

/**
 * The algorithm of an AlgorithmIdentifier of a certificate or SignerInfo. Where the identifier
 * of a key stands in its place, as rsaEncryption often does, `digest` says which hash function
 * goes with it [RFC 5652 §10.1.2, RFC 3370 §3.2].
 *
 * @throws MalformedError when the identifier is not in the table or its parameters are wrong.
 */
export function parseSignatureIdentifier(
  node: DerNode | undefined,
  place: string,
  digest?: DigestName,
): SignatureAlgorithm {
  const [identifier, parameters] = readSequence(node, place);
  const oid = readOid(identifier, place);
  if (oid === RSASSA_PSS) return parsePssParameters(parameters, place);
  if (Object.hasOwn(SIGNATURE_OIDS, oid)) return SIGNATURE_OIDS[oid as keyof typeof SIGNATURE_OIDS];
  if (Object.hasOwn(KEY_OIDS, oid) && digest !== undefined) {
    const scheme = KEY_OIDS[oid as keyof typeof KEY_OIDS];
    return scheme === 'ecdsa' ? { scheme, digest, form: 'der' } : { scheme, digest };
  }
  throw new MalformedError(place, `${oid} is no known signature algorithm`);
}

/** The algorithm in words, `RSASSA-PSS with SHA-256` [RFC 8017 §8]. */
export function formatSignatureAlgorithm(algorithm: SignatureAlgorithm): string {
  const scheme = {
    ecdsa: 'ECDSA',
    'rsa-pkcs1': 'RSA PKCS#1 v1.5',
    'rsa-pss': 'RSASSA-PSS',
    dsa: 'DSA',
  }[algorithm.scheme];
  return `${scheme} with ${DIGESTS[algorithm.digest].title}`;
}

function encodePssParameters(pss: Extract<SignatureAlgorithm, { scheme: 'rsa-pss' }>): Uint8Array {
  const isDefault = (digest: DigestName): boolean => digest === 'sha1';
  const members = [
    ...(isDefault(pss.digest) ? [] : [derContext(0, encodeDigestIdentifier(pss.digest))]),
    ...(isDefault(pss.maskDigest)
      ? []
      : [derContext(1, derSequence(derOid(MGF1), encodeDigestIdentifier(pss.maskDigest)))]),
    ...(pss.saltBytes === 20 ? [] : [derContext(2, derInteger(pss.saltBytes))]),
  ];
  return derSequence(...members);
}

function parsePssParameters(node: DerNode | undefined, place: string): SignatureAlgorithm {
  let digest: DigestName = 'sha1';
  let maskDigest: DigestName = 'sha1';
  let saltBytes = 20;
  for (const member of readSequence(node, `${place}, PSS parameters`)) {
    const [inner] = derChildren(member);
    if (member.tag === 0xa0) digest = parseDigestIdentifier(inner, `${place}, PSS hash`);
    else if (member.tag === 0xa1) maskDigest = parseMask(inner, `${place}, PSS mask`);
    else if (member.tag === 0xa2) saltBytes = readSmallInteger(inner, `${place}, PSS salt length`);
    else if (member.tag !== 0xa3 || readSmallInteger(inner, `${place}, PSS trailer`) !== 1) {
      throw new MalformedError(place, 'PSS parameters have an unknown member');
    }
  }
  return { scheme: 'rsa-pss', digest, maskDigest, saltBytes };
}

function parseMask(node: DerNode | undefined, place: string): DigestName {
  const [identifier, digest] = readSequence(node, place);
  if (readOid(identifier, place) !== MGF1) throw new MalformedError(place, 'is not MGF1');
  return parseDigestIdentifier(digest, place);
}
