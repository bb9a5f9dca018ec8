import { decodeBigUint, encodeUint } from '../../bytes/integer';
import type { DigestName } from '../../crypto/digest-algorithms';
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

/** The hash function that ActiveAuthenticationInfo names, where there is one [9303-11 §9.2.4]. */
export function findActiveAuthenticationDigest(
  infos: readonly SecurityInfo[],
): DigestName | undefined {
  const info = infos.find((candidate) => candidate.kind === 'active-authentication');
  const found = Object.entries(PLAIN_ECDSA_OIDS).find(
    ([, oid]) => oid === info?.signatureAlgorithm,
  );
  return found?.[0] as DigestName | undefined;
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
  if (signature.length !== 2 * (orderBytes ?? signature.length / 2)) {
    return { valid: false, failure: 'length' };
  }
  const right = verifySignature({
    algorithm: { scheme: 'ecdsa', digest, form: 'plain' },
    publicKey: importPublicKey(answer.publicKey),
    message: challenge,
    signature,
  });
  return right ? { valid: true, digest } : { valid: false, failure: 'signature' };
}
