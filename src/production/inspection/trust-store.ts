import { parseSignedList } from '../../standards/cms/lint/lint-signed-list';
import { isMasterList, parseMasterList } from '../../standards/cms/master-list';
import { encodeHex } from '../../standards/bytes/hex';
import { parseCertificate, type Certificate } from '../../standards/pki/certificate';
import { formatName } from '../../standards/pki/distinguished-name';
import { parseRevocationList, type RevocationList } from '../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import { recogniseObject } from './lint-objects/recognise-object';
import { attempt, type Parsed, valueOf } from './parsed';
import { unpackTrust } from './trust-containers';

/** What is trusted beforehand: what was given and could be read, and what could not. */
export interface TrustStore {
  /** Each certificate once, from single files and master lists alike. */
  readonly cscas: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  /** Why a given certificate or master list could not be read, one entry each. */
  readonly unreadable: readonly string[];
  readonly unreadableCrls: readonly string[];
  /**
   * Signers of master lists that no certificate given by itself has issued: such a list is believed
   * on the word of whoever gave it.
   */
  readonly strangers: readonly string[];
}

/**
 * Reads the given CSCA certificates, DER or PEM, and master lists of ICAO or a state, whose
 * certificates count as given. What cannot be read does not spoil the rest. That the signer of a
 * master list is believed is decided by whoever gives it, as with a single certificate; a list
 * whose signature is broken vouches for nothing. Revocation lists among them count as such.
 */
export function openTrustStore(
  given: readonly Uint8Array[],
  lists: readonly Uint8Array[] = [],
): TrustStore {
  const objects = given
    .flatMap((bytes) => unpackTrust(bytes, 'csca'))
    .map((bytes) => ({ bytes, kind: recogniseObject(bytes) }));
  const isList = ({ kind }: { readonly kind: unknown }): boolean => kind === 'revocation-list';
  const readings = objects
    .filter((one) => !isList(one))
    .flatMap(({ bytes }, index) => readAnchors(bytes, `CSCA ${index + 1}`));
  const crls = [
    ...objects.filter(isList).map(({ bytes }) => bytes),
    ...lists.flatMap((bytes) => unpackTrust(bytes, 'crl')),
  ].map((bytes) => attempt(() => parseRevocationList(bytes)));
  const masterLists = objects.flatMap(({ bytes, kind }) => (kind === 'master-list' ? bytes : []));
  const single = objects.flatMap(({ bytes, kind }) => (kind === 'certificate' ? bytes : []));
  const cscas = new Map(goodOnes(readings).map((csca) => [encodeHex(csca.raw), csca]));
  return {
    cscas: [...cscas.values()],
    crls: goodOnes(crls),
    unreadable: badOnes(readings),
    unreadableCrls: badOnes(crls),
    strangers: findStrangers(masterLists, single),
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

/** Names of list signers that none of these certificates has issued. */
function findStrangers(
  masterLists: readonly Uint8Array[],
  single: readonly Uint8Array[],
): readonly string[] {
  const known = goodOnes(single.map((bytes) => attempt(() => parseCertificate(bytes))));
  return masterLists.flatMap((bytes) => {
    const signer = valueOf(attempt(() => parseSignedList(bytes)))?.certificate;
    // A list without its signer vouches for nothing, which is said elsewhere.
    if (signer === undefined) return [];
    const isKnown = known.some(
      ({ publicKey }) => verifyCertificateSignature(signer, publicKey).valid,
    );
    return isKnown ? [] : [formatName(signer.subject)];
  });
}

function goodOnes<T>(readings: readonly Parsed<T>[]): T[] {
  return readings.flatMap((one) => (one.state === 'good' ? [one.value] : []));
}

function badOnes(readings: readonly Parsed<unknown>[]): string[] {
  return readings.flatMap((one) => (one.state === 'malformed' ? [one.detail] : []));
}
