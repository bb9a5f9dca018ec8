import { equalBytes } from '../bytes/compare';
import { concatBytes } from '../bytes/concat';
import { type DigestName, digestBytes, DIGESTS } from './digest-algorithms';

/** Header of a representative with partial recovery whose padding ends in its first byte. */
const HEADER = 0x6a;
const IMPLICIT_SHA1_TRAILER = 0xbc;
const EXPLICIT_TRAILER = 0xcc;

/** Hash identifiers before CC [ISO 10118-3, 9303-11 §6.1.2.2]. */
const HASH_IDENTIFIERS: Readonly<Record<DigestName, number>> = {
  sha1: 0x33,
  sha224: 0x38,
  sha256: 0x34,
  sha384: 0x36,
  sha512: 0x35,
};

/** The bytes that end a representative: BC for SHA-1, else hash identifier and CC [9303-11 §6.1.2.2]. */
export function iso9796Trailer(digest: DigestName): Uint8Array {
  return digest === 'sha1'
    ? Uint8Array.of(IMPLICIT_SHA1_TRAILER)
    : Uint8Array.of(HASH_IDENTIFIERS[digest], EXPLICIT_TRAILER);
}

/** How many bytes of M1 fit into a representative [ISO 9796-2 §8.2.2]. */
export function recoverableBytes(modulusBytes: number, digest: DigestName): number {
  return modulusBytes - 1 - DIGESTS[digest].lengthBytes - iso9796Trailer(digest).length;
}

/**
 * The message representative F = 6A ‖ M1 ‖ H(M1 ‖ M2) ‖ trailer of scheme 1 with partial recovery
 * [ISO 9796-2 §8.2, 9303-11 §6.1.2.2].
 *
 * @param parts.recoverable M1, with `recoverableBytes` bytes
 * @param parts.rest M2, which the verifier knows: the challenge
 */
export function buildIso9796Representative(
  digest: DigestName,
  parts: { readonly recoverable: Uint8Array; readonly rest: Uint8Array },
): Uint8Array {
  return concatBytes(
    Uint8Array.of(HEADER),
    parts.recoverable,
    digestBytes(digest, parts.recoverable, parts.rest),
    iso9796Trailer(digest),
  );
}

/** Why a representative is not that of a signature over M2. */
export type Iso9796Failure = 'header' | 'trailer' | 'length' | 'hash';

/** What a representative says. */
export type Iso9796Opening =
  | { readonly valid: true; readonly digest: DigestName; readonly recoverable: Uint8Array }
  | { readonly valid: false; readonly failure: Iso9796Failure };

/**
 * Opens a representative and compares its hash [ISO 9796-2 §8.3]. Padding of B nibbles between
 * header and M1 is accepted.
 */
export function openIso9796Representative(
  representative: Uint8Array,
  rest: Uint8Array,
): Iso9796Opening {
  const fail = (failure: Iso9796Failure): Iso9796Opening => ({ valid: false, failure });
  const start = endOfHeader(representative);
  if (start === undefined) return fail('header');
  const trailer = readTrailer(representative);
  if (trailer === undefined) return fail('trailer');
  const { digest, trailerBytes } = trailer;
  const hashAt = representative.length - trailerBytes - DIGESTS[digest].lengthBytes;
  if (hashAt < start) return fail('length');
  const recoverable = representative.subarray(start, hashAt);
  const found = representative.subarray(hashAt, representative.length - trailerBytes);
  if (!equalBytes(found, digestBytes(digest, recoverable, rest))) return fail('hash');
  return { valid: true, digest, recoverable };
}

/** Where M1 begins: after 6A, or after 6B, bytes BB and a last BA [ISO 9796-2 §8.2.2]. */
function endOfHeader(representative: Uint8Array): number | undefined {
  const first = representative[0];
  if (first === HEADER) return 1;
  if (first !== 0x6b) return undefined;
  let index = 1;
  while (representative[index] === 0xbb) index++;
  return representative[index] === 0xba ? index + 1 : undefined;
}

function readTrailer(
  representative: Uint8Array,
): { readonly digest: DigestName; readonly trailerBytes: number } | undefined {
  const last = representative.at(-1);
  if (last === IMPLICIT_SHA1_TRAILER) return { digest: 'sha1', trailerBytes: 1 };
  if (last !== EXPLICIT_TRAILER) return undefined;
  const names = Object.keys(HASH_IDENTIFIERS) as DigestName[];
  const digest = names.find((name) => HASH_IDENTIFIERS[name] === representative.at(-2));
  return digest === undefined ? undefined : { digest, trailerBytes: 2 };
}
