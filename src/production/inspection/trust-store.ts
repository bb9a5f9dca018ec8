import { isMasterList, parseMasterList } from '../../standards/cms/master-list';
import { encodeHex } from '../../standards/bytes/hex';
import { parseCertificate, type Certificate } from '../../standards/pki/certificate';
import { parseRevocationList, type RevocationList } from '../../standards/pki/revocation-list';
import { attempt, type Parsed } from './parsed';
import { unpackTrust } from './trust-containers';

/** What is trusted beforehand: what was given and could be read, and what could not. */
export interface TrustStore {
  /** Each certificate once, from single files and master lists alike. */
  readonly cscas: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  /** Why a given certificate or master list could not be read, one entry each. */
  readonly unreadable: readonly string[];
  readonly unreadableCrls: readonly string[];
}

/**
 * Reads the given CSCA certificates, DER or PEM, and master lists of ICAO or a state, whose
 * certificates count as given. What cannot be read does not spoil the rest. That the signer of a
 * master list is believed is decided by whoever gives it, as with a single certificate; a list
 * whose signature is broken vouches for nothing.
 */
export function openTrustStore(
  given: readonly Uint8Array[],
  lists: readonly Uint8Array[] = [],
): TrustStore {
  const readings = given
    .flatMap((bytes) => unpackTrust(bytes, 'csca'))
    .flatMap((bytes, index) => readAnchors(bytes, `CSCA ${index + 1}`));
  const crls = lists
    .flatMap((bytes) => unpackTrust(bytes, 'crl'))
    .map((bytes) => attempt(() => parseRevocationList(bytes)));
  const cscas = new Map(goodOnes(readings).map((csca) => [encodeHex(csca.raw), csca]));
  return {
    cscas: [...cscas.values()],
    crls: goodOnes(crls),
    unreadable: badOnes(readings),
    unreadableCrls: badOnes(crls),
  };
}

function readAnchors(bytes: Uint8Array, place: string): readonly Parsed<Certificate>[] {
  if (!isMasterList(bytes)) return [attempt(() => parseCertificate(bytes, place))];
  const list = attempt(() => parseMasterList(bytes));
  if (list.state !== 'good') return [list].filter((one) => one.state === 'malformed');
  if (!list.value.signatureValid) {
    return [{ state: 'malformed', detail: `${place}: the signature of the master list is wrong` }];
  }
  return list.value.certificates.map((der, index) =>
    attempt(() => parseCertificate(der, `${place}, certificate ${index + 1}`)),
  );
}

function goodOnes<T>(readings: readonly Parsed<T>[]): T[] {
  return readings.flatMap((one) => (one.state === 'good' ? [one.value] : []));
}

function badOnes(readings: readonly Parsed<unknown>[]): string[] {
  return readings.flatMap((one) => (one.state === 'malformed' ? [one.detail] : []));
}
