import { compareBytes, equalBytes } from '../../standards/bytes/compare';
import type { Certificate } from '../../standards/pki/certificate';
import {
  type DistinguishedName,
  type FoundNameAttribute,
} from '../../standards/pki/distinguished-name';
import {
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
} from '../../standards/pki/read-extensions';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import { attempt, valueOf } from './parsed';

/** Who issued the document signer, among the certificates that are trusted. */
export type CertificateChain =
  | { readonly state: 'no-dsc' }
  | { readonly state: 'no-trust' }
  /** No given CSCA has the issuer's name or made the signature. */
  | { readonly state: 'no-issuer' }
  /** A given CSCA has the issuer's name, but another key. */
  | { readonly state: 'other-key'; readonly named: Certificate }
  /** A given CSCA has name and key of the issuer; the certificate was altered. */
  | { readonly state: 'altered'; readonly named: Certificate }
  | {
      readonly state: 'found';
      readonly csca: Certificate;
      /** Every given CSCA whose key made the signature: a root and its link certificates. */
      readonly issuers: readonly Certificate[];
      readonly nameMatches: boolean;
    };

/**
 * Looks for the issuer of `dsc`: by name first, and where no key of that name fits by trying
 * every other key, so that a name that was written otherwise does not hide the issuer [9303-11 §5.1].
 */
export function resolveChain(
  dsc: Certificate | undefined,
  cscas: readonly Certificate[],
): CertificateChain {
  if (dsc === undefined) return { state: 'no-dsc' };
  if (cscas.length === 0) return { state: 'no-trust' };
  const named = cscas.filter((csca) => sameName(csca.subject, dsc.issuer));
  const signedBy = (csca: Certificate): boolean =>
    verifyCertificateSignature(dsc, csca.publicKey).valid;
  const byName = named.filter(signedBy);
  const issuers =
    byName.length > 0 ? byName : cscas.filter((csca) => !named.includes(csca) && signedBy(csca));
  const [csca] = issuers.toSorted(newestFirst);
  if (csca !== undefined) {
    return { state: 'found', csca, issuers, nameMatches: byName.length > 0 };
  }
  const sameKey = named.find((candidate) => namesKeyOf(dsc, candidate));
  if (sameKey !== undefined) return { state: 'altered', named: sameKey };
  const [first] = named;
  return first === undefined ? { state: 'no-issuer' } : { state: 'other-key', named: first };
}

/** Two names that say the same, whatever string types and letter case they are written in. */
export function sameName(left: DistinguishedName, right: DistinguishedName): boolean {
  if (equalBytes(left.raw, right.raw)) return true;
  return (
    left.attributes.length === right.attributes.length &&
    left.attributes.every((attribute, index) => sameAttribute(attribute, right.attributes[index]))
  );
}

function sameAttribute(left: FoundNameAttribute, right: FoundNameAttribute | undefined): boolean {
  return left.type === right?.type && foldValue(left.value) === foldValue(right.value);
}

function foldValue(value: string): string {
  return value.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

function namesKeyOf(dsc: Certificate, csca: Certificate): boolean {
  const wanted = valueOf(attempt(() => readAuthorityKeyIdentifier(dsc)));
  const offered = valueOf(attempt(() => readSubjectKeyIdentifier(csca)));
  return wanted !== undefined && offered !== undefined && equalBytes(wanted, offered);
}

function newestFirst(left: Certificate, right: Certificate): number {
  return (
    right.validity.from.getTime() - left.validity.from.getTime() ||
    compareBytes(left.raw, right.raw)
  );
}
