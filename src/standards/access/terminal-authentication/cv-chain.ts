import { AccessError } from '../access-error';
import { type CvAuthorization, type CvRole, roleOf } from './cv-authorization';
import type { CvCertificate } from './cv-certificate';
import { type CvPublicKey, inheritParameters, verifyWithCvKey } from './cv-public-key';

/** A key that has been verified, or that was there from the beginning [9303-11 §7.1.4.3.7]. */
export interface CvTrustedKey {
  readonly reference: string;
  readonly publicKey: CvPublicKey;
  readonly effectiveDate: string;
  readonly expirationDate: string;
  /** Authorizations from the CVCA down to this key. */
  readonly authorizations: readonly CvAuthorization[];
}

/**
 * What a chip knows of the certificates shown to it. Values: a rejected certificate changes
 * nothing [9303-11 §7.1.4.3].
 */
export interface CvTrustState {
  /** Keys of the CVCA, the most recent first; at most two. */
  readonly trustPoints: readonly CvTrustedKey[];
  /** `YYMMDD`, approximated from the certificates seen. */
  readonly currentDate: string;
  /** The key of the last DV or terminal certificate, until power is off. */
  readonly imported?: CvTrustedKey;
}

const MAX_TRUST_POINTS = 2;

/** Who may sign whom [9303-12 §7.2.1, 9303-11 §7.1.4.3.6]. */
const ISSUERS: Readonly<Record<CvRole, readonly CvRole[]>> = {
  cvca: ['cvca'],
  'domestic-dv': ['cvca'],
  'foreign-dv': ['cvca'],
  terminal: ['domestic-dv', 'foreign-dv'],
};

/** The trust point of a self-signed certificate of the CVCA [9303-11 §7.1.4.3.1]. */
export function trustPointOf(certificate: CvCertificate): CvTrustedKey {
  return {
    reference: certificate.holderReference,
    publicKey: certificate.publicKey,
    effectiveDate: certificate.effectiveDate,
    expirationDate: certificate.expirationDate,
    authorizations: [certificate.authorization],
  };
}

/** The key that a certificate names as its issuer [9303-11 §7.1.5.1]. */
export function findTrustedKey(state: CvTrustState, reference: string): CvTrustedKey | undefined {
  const known = [...state.trustPoints, ...(state.imported === undefined ? [] : [state.imported])];
  return known.find((key) => key.reference === reference);
}

/**
 * Verifies one certificate and imports its key, as a chip does on PSO:Verify Certificate
 * [9303-11 §7.1.4.3.5].
 *
 * @throws AccessError `refused` with the reason in words.
 */
export function importCvCertificate(state: CvTrustState, certificate: CvCertificate): CvTrustState {
  const fail = (detail: string) => new AccessError('CV certificate', 'refused', detail);
  const issuer = findTrustedKey(state, certificate.authorityReference);
  if (issuer === undefined) throw fail('its issuer is not known');
  if (!verifyWithCvKey(issuer.publicKey, certificate.body, certificate.signature)) {
    throw fail('its signature is wrong');
  }
  const role = roleOf(certificate.authorization);
  const issuerRole = roleOf(issuer.authorizations.at(-1) ?? certificate.authorization);
  if (!ISSUERS[role].includes(issuerRole)) throw fail(`a ${issuerRole} signed a ${role}`);
  if (certificate.expirationDate < certificate.effectiveDate) throw fail('it is never valid');
  if (role !== 'cvca') {
    if (certificate.expirationDate < state.currentDate) throw fail('it has expired');
    if (issuerRole === 'cvca' && issuer.expirationDate < state.currentDate) {
      throw fail('the key that signed it has expired');
    }
  }
  const key: CvTrustedKey = {
    ...trustPointOf(certificate),
    publicKey: inheritParameters(certificate.publicKey, issuer.publicKey),
    authorizations:
      role === 'cvca'
        ? [certificate.authorization]
        : [...issuer.authorizations, certificate.authorization],
  };
  // Only certificates by the national CVCA and a domestic DV tell the time [§7.1.4.3.3].
  const accurate = issuerRole === 'cvca' || issuerRole === 'domestic-dv';
  const currentDate =
    accurate && certificate.effectiveDate > state.currentDate
      ? certificate.effectiveDate
      : state.currentDate;
  if (role !== 'cvca') return { ...state, currentDate, imported: key };
  return { ...state, currentDate, trustPoints: addTrustPoint(state.trustPoints, key) };
}

/**
 * The certificates in the order in which a chip with these trust points accepts them, from the
 * ones that a terminal has [9303-11 §7.1.2].
 *
 * @param references certification authority references of the chip, the most recent first
 * @throws AccessError `unsupported` when no chain leads from a reference to the terminal.
 */
export function orderCvChain(
  certificates: readonly CvCertificate[],
  references: readonly string[],
): readonly CvCertificate[] {
  const terminal = certificates.find(({ authorization }) => roleOf(authorization) === 'terminal');
  for (const reference of references) {
    const chain: CvCertificate[] = [];
    let next = terminal;
    while (next !== undefined && !chain.includes(next)) {
      chain.unshift(next);
      const { authorityReference }: CvCertificate = next;
      if (authorityReference === reference) return chain;
      next = certificates.find(
        (one) => one.holderReference === authorityReference && !isSelfSigned(one),
      );
    }
  }
  throw new AccessError(
    'terminal authentication',
    'unsupported',
    'no certificate chain leads from a key of the chip to the terminal',
  );
}

function isSelfSigned(certificate: CvCertificate): boolean {
  return certificate.authorityReference === certificate.holderReference;
}

function addTrustPoint(
  trustPoints: readonly CvTrustedKey[],
  key: CvTrustedKey,
): readonly CvTrustedKey[] {
  return [key, ...trustPoints.filter(({ reference }) => reference !== key.reference)]
    .toSorted((left, right) => Number(right.effectiveDate) - Number(left.effectiveDate))
    .slice(0, MAX_TRUST_POINTS);
}
