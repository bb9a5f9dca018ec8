import { roleOf } from '../../standards/access/terminal-authentication/cv-authorization';
import {
  encodeCvCertificate,
  parseCvCertificate,
  type CvCertificate,
} from '../../standards/access/terminal-authentication/cv-certificate';
import {
  inheritParameters,
  verifyWithCvKey,
} from '../../standards/access/terminal-authentication/cv-public-key';
import { MalformedError } from '../../standards/bytes/malformed';
import { MAX_TRUST_POINTS, type TerminalTrust } from '../document/terminal-trust';
import { ProductionError } from '../errors';
import type { ChipProfile } from '../profile/chip';
import { trustsTerminals } from '../profile/document-files';
import type { ProductProfile } from '../profile/product';

const PLACE = 'CVCA certificates';

/**
 * CVCA certificates as they came from the custodian, checked before a chip trusts them for its
 * whole life: each is signed by itself or by another of them, and there are two at the most. The
 * newest comes first [9303-11 §7.1.4.3.1, 9303-12 §7.2.1].
 *
 * @param files card-verifiable certificates, 7F21
 * @throws ProductionError `INPUT_MALFORMED` with every reason.
 */
export function parseTrustPoints(files: readonly Uint8Array[]): readonly CvCertificate[] {
  const certificates = files.map(parseTrustPoint);
  const reasons = [
    ...(certificates.length > MAX_TRUST_POINTS
      ? [`a chip trusts ${MAX_TRUST_POINTS} at the most`]
      : []),
    ...certificates.flatMap((one) => {
      const name = one.holderReference;
      if (roleOf(one.authorization) !== 'cvca') return [`${name} is not the name of a CVCA`];
      return isVouchedFor(one, certificates) ? [] : [`${name} is signed by none of them`];
    }),
    ...(new Set(certificates.map(({ holderReference }) => holderReference)).size <
    certificates.length
      ? ['two of them have the same name']
      : []),
  ];
  if (reasons.length > 0) throw new ProductionError('INPUT_MALFORMED', PLACE, reasons);
  return certificates.toSorted((left, right) =>
    left.effectiveDate < right.effectiveDate ? 1 : -1,
  );
}

/**
 * What a chip is told of terminals; undefined where nobody is to be trusted, or where the chip or
 * the product has no use for it [9303-11 §7.1].
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` when a certificate has expired by then.
 */
export function planTerminalTrust(
  trustPoints: readonly CvCertificate[],
  given: { readonly product: ProductProfile; readonly chip: ChipProfile; readonly at: Date },
): TerminalTrust | undefined {
  const { product, chip, at } = given;
  const most = chip.terminalAuthentication?.trustPoints ?? 0;
  if (trustPoints.length === 0 || !trustsTerminals({ product, chip })) return undefined;
  const today = cvDate(at);
  const expired = trustPoints.filter(({ expirationDate }) => expirationDate < today);
  if (expired.length > 0) {
    const reasons = expired.map(({ holderReference: name }) => `${name} has expired`);
    throw new ProductionError('CERTIFICATE_FAULTY', PLACE, reasons);
  }
  const kept = trustPoints.slice(0, most);
  const days = [today, ...kept.map(({ effectiveDate }) => effectiveDate)];
  return {
    certificates: kept.map(({ body, signature }) => encodeCvCertificate(body, signature)),
    currentDate: days.reduce((latest, day) => (day > latest ? day : latest)),
  };
}

function parseTrustPoint(file: Uint8Array): CvCertificate {
  try {
    return parseCvCertificate(file);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('INPUT_MALFORMED', PLACE, [error.message]);
  }
}

/** By its own key, which is only worth what the way is worth on which it came, or by the other's. */
function isVouchedFor(one: CvCertificate, all: readonly CvCertificate[]): boolean {
  return all.some(({ holderReference, publicKey }) => {
    if (holderReference !== one.authorityReference) return false;
    const key =
      holderReference === one.holderReference
        ? one.publicKey
        : inheritParameters(publicKey, one.publicKey);
    return verifyWithCvKey(key, one.body, one.signature);
  });
}

/** `YYMMDD` in UTC [9303-12 §7.2.2.5]. */
function cvDate(date: Date): string {
  return date.toISOString().slice(2, 10).replaceAll('-', '');
}
