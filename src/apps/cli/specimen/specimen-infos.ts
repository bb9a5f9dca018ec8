import {
  CHIP_AUTHENTICATION_PROTOCOLS,
  PACE_PROTOCOLS,
} from '../../../production/profile/protocol-names';
import {
  PLAIN_ECDSA_OIDS,
  SECURITY_INFO_OIDS,
  type PaceInfo,
  type SecurityInfo,
} from '../../../standards/lds/security-infos';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import type { AgreementKeyWish, SpecimenKey } from './specimen-keys';
import type { SpecimenDescription } from './specimen-description';

/** A key for key agreement with the numbers under which the chip has it. */
export type NumberedKey = AgreementKeyWish & SpecimenKey;

const PACE_VERSION = 2;

/** PACEInfos, for EF.CardAccess, EF.DG14 and EF.CardSecurity [9303-11 §9.2]. */
export function paceInfosOf({ access }: SpecimenDescription): readonly PaceInfo[] {
  return access.pace.map(({ protocol, parameterId }) => ({
    kind: 'pace',
    oid: PACE_PROTOCOLS.get(protocol) ?? '',
    version: PACE_VERSION,
    parameterId,
  }));
}

/** SecurityInfos of EF.DG14 [9303-11 §9.2]. */
export function securityInfosOf(
  description: SpecimenDescription,
  keys: readonly NumberedKey[],
): readonly SecurityInfo[] {
  const { chipAuthentication, activeAuthentication: aa, biometrics } = description;
  return [
    ...paceInfosOf(description),
    ...chipAuthentication.map(({ protocol, keyId }): SecurityInfo => ({
      kind: 'chip-authentication',
      oid: CHIP_AUTHENTICATION_PROTOCOLS.get(protocol) ?? '',
      version: 1,
      ...(keyId !== undefined && { keyId }),
    })),
    ...keys.map(publicKeyInfo),
    ...(aa?.algorithm === 'ecdsa' ? [activeAuthenticationInfo(PLAIN_ECDSA_OIDS[aa.digest])] : []),
    ...(biometrics ? ([{ kind: 'terminal-authentication', version: 1 }] as const) : []),
  ];
}

/** SecurityInfos of EF.CardSecurity: the keys named by their domain parameters [9303-11 §9.2.6]. */
export function cardSecurityInfosOf(
  description: SpecimenDescription,
  mapping: readonly NumberedKey[],
): readonly SecurityInfo[] {
  const named = mapping.map((key) => publicKeyInfo({ ...key, keyId: key.parameterId }));
  return [...paceInfosOf(description), ...named];
}

function activeAuthenticationInfo(signatureAlgorithm: string): SecurityInfo {
  return { kind: 'active-authentication', version: 1, signatureAlgorithm };
}

function publicKeyInfo({ parameterId, keyId, publicKey }: NumberedKey): SecurityInfo {
  const arc = findStandardizedGroup(parameterId)?.kind === 'DH' ? 1 : 2;
  return {
    kind: 'chip-authentication-public-key',
    oid: `${SECURITY_INFO_OIDS.chipAuthenticationPublicKey}.${arc}`,
    publicKey,
    ...(keyId !== undefined && { keyId }),
  };
}
