import type { AgreementGroup } from '../../crypto/agreement-group';
import { ecGroup } from '../../crypto/ec-group';
import { findSoundCurve } from '../../crypto/explicit-curve';
import type { SessionCipherName } from '../../crypto/session-cipher';
import { findStandardizedGroup } from '../../crypto/standardized-groups';
import { type DerNode, parseDer, readOid, readSequence, readSmallInteger } from '../../asn1/read';
import {
  type ChipAuthenticationInfo,
  type ChipAuthenticationPublicKeyInfo,
  SECURITY_INFO_OIDS,
  type SecurityInfo,
} from '../../lds/security-infos';
import { parsePublicKeyInfo, readPublicKeyBits } from '../../pki/subject-public-key-info';
import { AccessError } from '../access-error';
import { isDhPublicKey, parseDhPublicKey } from './dh-public-key';

/** One object identifier of Chip Authentication and what it stands for. */
export interface ChipAuthenticationAlgorithm {
  readonly oid: string;
  /** As in the standard, `id-CA-ECDH-AES-CBC-CMAC-128`. */
  readonly name: string;
  readonly agreement: 'DH' | 'ECDH';
  readonly cipher: SessionCipherName;
}

const CIPHERS = [
  { arc: 1, cipher: '3DES', suffix: '3DES-CBC-CBC' },
  { arc: 2, cipher: 'AES-128', suffix: 'AES-CBC-CMAC-128' },
  { arc: 3, cipher: 'AES-192', suffix: 'AES-CBC-CMAC-192' },
  { arc: 4, cipher: 'AES-256', suffix: 'AES-CBC-CMAC-256' },
] as const;

/** Every variant of Chip Authentication [9303-11 §6.2.3, §9.2.5]. */
export const CHIP_AUTHENTICATION_ALGORITHMS: readonly ChipAuthenticationAlgorithm[] = (
  ['DH', 'ECDH'] as const
).flatMap((agreement, index) =>
  CIPHERS.map(({ arc, cipher, suffix }) => ({
    oid: `${SECURITY_INFO_OIDS.chipAuthentication}.${index + 1}.${arc}`,
    name: `id-CA-${agreement}-${suffix}`,
    agreement,
    cipher,
  })),
);

/** The variant with this object identifier [9303-11 §9.2.5]. */
export function findChipAuthenticationAlgorithm(
  oid: string,
): ChipAuthenticationAlgorithm | undefined {
  return CHIP_AUTHENTICATION_ALGORITHMS.find((algorithm) => algorithm.oid === oid);
}

/** A static key of the chip and the variant to use it with. */
export interface ChipAuthenticationOffer {
  readonly algorithm: ChipAuthenticationAlgorithm;
  readonly group: AgreementGroup;
  /** Point or integer, in the form in which it travels. */
  readonly publicKey: Uint8Array;
  /** Named to the chip where it has several keys. */
  readonly keyId?: number;
}

/**
 * The keys that DG14 offers, the strongest cipher first. A key without ChipAuthenticationInfo is
 * used with 3DES, as chips of the first generation mean it [9303-11 §9.2.5, §9.2.6].
 *
 * @param infos SecurityInfos of DG14, under passive authentication
 * @throws MalformedError when a key cannot be read.
 * @throws AccessError `unsupported` when its curve is none of the standardized ones.
 */
export function listChipAuthenticationOffers(
  infos: readonly SecurityInfo[],
): readonly ChipAuthenticationOffer[] {
  const variants = infos.filter((info) => info.kind === 'chip-authentication');
  const keys = infos.filter((info) => info.kind === 'chip-authentication-public-key');
  const order: readonly SessionCipherName[] = ['AES-256', 'AES-192', 'AES-128', '3DES'];
  return keys
    .flatMap((key) => {
      const { group, publicKey } = readChipAuthenticationKey(key.publicKey);
      const keyId = key.keyId === undefined ? {} : { keyId: key.keyId };
      return algorithmsFor(key, variants, group.kind).map((algorithm) => ({
        algorithm,
        group,
        publicKey,
        ...keyId,
      }));
    })
    .toSorted(
      (left, right) => order.indexOf(left.algorithm.cipher) - order.indexOf(right.algorithm.cipher),
    );
}

function algorithmsFor(
  key: ChipAuthenticationPublicKeyInfo,
  variants: readonly ChipAuthenticationInfo[],
  agreement: 'DH' | 'ECDH',
): readonly ChipAuthenticationAlgorithm[] {
  const found = variants
    .filter(({ keyId }) => keyId === undefined || key.keyId === undefined || keyId === key.keyId)
    .flatMap(({ oid }) => findChipAuthenticationAlgorithm(oid) ?? [])
    .filter((algorithm) => algorithm.agreement === agreement);
  if (found.length > 0) return found;
  return CHIP_AUTHENTICATION_ALGORITHMS.filter(
    (algorithm) => algorithm.agreement === agreement && algorithm.cipher === '3DES',
  );
}

/** standardizedDomainParameters: the algorithm of keys that name their group by number. */
const STANDARDIZED_PARAMETERS_OID = '0.4.0.127.0.7.1.2';

/**
 * Group and public key of a SubjectPublicKeyInfo: EC with named or explicit parameters, DH, or the
 * number of standardized domain parameters. EF.DG14 is signed, so that a curve of the issuer's own
 * choice is taken, too, where it is sound [9303-11 §9.2.6, §9.5.1].
 *
 * @throws MalformedError
 * @throws AccessError `unsupported` when the group is not known.
 */
export function readChipAuthenticationKey(subjectPublicKeyInfo: Uint8Array): {
  readonly group: AgreementGroup;
  readonly publicKey: Uint8Array;
} {
  const place = 'chip authentication public key';
  const fail = (detail: string) => new AccessError(place, 'unsupported', detail);
  if (isDhPublicKey(subjectPublicKeyInfo)) return parseDhPublicKey(subjectPublicKeyInfo);
  const standardized = readStandardizedParameters(subjectPublicKeyInfo, place);
  if (standardized !== undefined) {
    const group = findStandardizedGroup(standardized);
    if (group === undefined) throw fail('its domain parameters are not standardized');
    return { group, publicKey: readPublicKeyBits(subjectPublicKeyInfo) };
  }
  const info = parsePublicKeyInfo(subjectPublicKeyInfo, place);
  if (info.type !== 'ec') throw fail('is neither EC nor DH');
  const curve = info.curve ?? (info.otherCurve && findSoundCurve(info.otherCurve));
  if (curve !== undefined) return { group: ecGroup(curve), publicKey: info.point };
  throw fail(
    info.otherCurve === undefined
      ? 'its curve is none of the standardized ones'
      : 'its domain parameters are those of no sound curve',
  );
}

function readStandardizedParameters(bytes: Uint8Array, place: string): number | undefined {
  const [algorithm] = readSequence(parseDer(bytes, place), place);
  const [identifier, parameter]: readonly DerNode[] = readSequence(algorithm, place);
  if (readOid(identifier, place) !== STANDARDIZED_PARAMETERS_OID) return undefined;
  return readSmallInteger(parameter, place);
}
