import { decodeBigUint, encodeUint } from '../../bytes/integer';
import { MalformedError } from '../../bytes/malformed';
import type { DigestName } from '../../crypto/digest-algorithms';
import { decodeEcdsaSignature } from '../../crypto/ecdsa-signature';
import { type Iso9796Failure, openIso9796Representative } from '../../crypto/iso9796';
import { applyRsa } from '../../crypto/rsa';
import { importPublicKey, verifySignature } from '../../crypto/sign-verify';
import { PLAIN_ECDSA_OIDS, type SecurityInfo } from '../../lds/security-infos';
import { parsePublicKeyInfo, type RsaPublicKeyInfo } from '../../pki/subject-public-key-info';

/** Why an answer to a challenge does not prove anything. */
export type ActiveAuthenticationFailure =
  /** The signature has not the length that the key demands. */
  | 'length'
  /** Opened with the public key it ends in no trailer of a signature, begins with no header. */
  | 'trailer'
  | 'header'
  /** The hash over recovered bytes and challenge, or the ECDSA signature, is another. */
  | 'signature'
  /** Right for the key and the challenge, but as DER where plain r || s is demanded. */
  | 'der-encoded'
  /** DG14 does not say with which hash function the chip signs, or with an unknown one. */
  | 'algorithm-missing'
  /** The key is neither RSA nor EC. */
  | 'key-type';

/** The verdict on one answer, with the hash function that the chip used where it is valid. */
export type ActiveAuthenticationVerdict =
  | { readonly valid: true; readonly digest: DigestName }
  | { readonly valid: false; readonly failure: ActiveAuthenticationFailure };

/** What a terminal verifies: key and algorithm come from files under passive authentication. */
export interface ActiveAuthenticationAnswer {
  /** DER SubjectPublicKeyInfo of DG15. */
  readonly publicKey: Uint8Array;
  /** SecurityInfos of DG14, which name the hash function of ECDSA; empty without DG14. */
  readonly securityInfos: readonly SecurityInfo[];
  /** 8 bytes, RND.IFD. */
  readonly challenge: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Terminal: whether the chip knows the private key of DG15, by RSA with ISO 9796-2 in forms B.6
 * and B.4 and every trailer, or by plain ECDSA [9303-11 §6.1.2].
 *
 * @throws MalformedError when the public key cannot be read.
 */
export function verifyActiveAuthentication(
  answer: ActiveAuthenticationAnswer,
): ActiveAuthenticationVerdict {
  const key = parsePublicKeyInfo(answer.publicKey, 'EF.DG15');
  if (key.type === 'rsa') return verifyRsa(key, answer);
  if (key.type === 'ec') return verifyEcdsa(answer, key.curve?.orderBytes);
  return { valid: false, failure: 'key-type' };
}

/**
 * What chips name in ActiveAuthenticationInfo: plain ECDSA, with SHA-1 too, which is no longer
 * allowed, and the X9.62 identifiers that some issuers wrote by mistake [TR-03111 §5.2.1].
 */
const DIGEST_OIDS: ReadonlyMap<string, DigestName> = new Map([
  ...Object.entries(PLAIN_ECDSA_OIDS).map(([digest, oid]) => [oid, digest as DigestName] as const),
  ['0.4.0.127.0.7.1.1.4.1.1', 'sha1'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.1', 'sha224'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

/** The hash function that ActiveAuthenticationInfo names, where there is one [9303-11 §9.2.4]. */
export function findActiveAuthenticationDigest(
  infos: readonly SecurityInfo[],
): DigestName | undefined {
  const info = infos.find((candidate) => candidate.kind === 'active-authentication');
  return info === undefined ? undefined : DIGEST_OIDS.get(info.signatureAlgorithm);
}

function verifyRsa(
  key: RsaPublicKeyInfo,
  { challenge, signature }: ActiveAuthenticationAnswer,
): ActiveAuthenticationVerdict {
  const modulus = decodeBigUint(key.modulus);
  if (signature.length !== key.modulus.length || decodeBigUint(signature) >= modulus) {
    return { valid: false, failure: 'length' };
  }
  const opened = decodeBigUint(applyRsa(key.modulus, key.publicExponent, signature));
  // Every trailer ends in the nibble C. In form B.4 the signer may have taken the other of two
  // values, whose opening is the modulus minus the representative [ISO 9796-2 §B.5].
  const representative = opened % 16n === 12n ? opened : modulus - opened;
  const bytes = encodeUint(representative, key.modulus.length);
  const opening = openIso9796Representative(bytes, challenge);
  if (opening.valid) return { valid: true, digest: opening.digest };
  return { valid: false, failure: RSA_FAILURES[opening.failure] };
}

const RSA_FAILURES = {
  header: 'header',
  trailer: 'trailer',
  length: 'header',
  hash: 'signature',
} as const satisfies Record<Iso9796Failure, ActiveAuthenticationFailure>;

function verifyEcdsa(
  answer: ActiveAuthenticationAnswer,
  orderBytes: number | undefined,
): ActiveAuthenticationVerdict {
  const { challenge, signature } = answer;
  const digest = findActiveAuthenticationDigest(answer.securityInfos);
  if (digest === undefined) return { valid: false, failure: 'algorithm-missing' };
  const verify = (plain: Uint8Array) =>
    verifySignature({
      algorithm: { scheme: 'ecdsa', digest, form: 'plain' },
      publicKey: importPublicKey(answer.publicKey),
      message: challenge,
      signature: plain,
    });
  const plainBytes = 2 * (orderBytes ?? signature.length / 2);
  if (signature.length === plainBytes && verify(signature)) return { valid: true, digest };
  const fromDer = orderBytes === undefined ? undefined : plainOfDer(signature, orderBytes);
  if (fromDer !== undefined && verify(fromDer)) return { valid: false, failure: 'der-encoded' };
  return { valid: false, failure: signature.length === plainBytes ? 'signature' : 'length' };
}

/** r || s of a signature that is DER; undefined when it is not. */
function plainOfDer(signature: Uint8Array, orderBytes: number): Uint8Array | undefined {
  try {
    return decodeEcdsaSignature(signature, orderBytes);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
