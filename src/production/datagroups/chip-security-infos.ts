import {
  PLAIN_ECDSA_OIDS,
  SECURITY_INFO_OIDS,
  type PaceInfo,
  type SecurityInfo,
} from '../../standards/lds/security-infos';
import { decodeUint } from '../../standards/bytes/integer';
import { LDS_FILE_TABLE } from '../../standards/lds/lds-file-table';
import type { TerminalTrust } from '../document/terminal-trust';
import type { ChipProfile } from '../profile/chip';

/** What a chip can do, as far as its files say it. */
export type ChipSecurity = Pick<
  ChipProfile,
  'access' | 'activeAuthentication' | 'chipAuthentication' | 'files'
>;

/** Public halves of the keys that belong to one chip: DER SubjectPublicKeyInfo. */
export interface ChipPublicKeys {
  readonly activeAuthentication?: { readonly publicKey: Uint8Array };
  readonly chipAuthentication?: { readonly publicKey: Uint8Array };
}

const PACE_VERSION = 2;
const CHIP_AUTHENTICATION_VERSION = 1;
const ACTIVE_AUTHENTICATION_VERSION = 1;
const TERMINAL_AUTHENTICATION_VERSION = 1;

/** PACEInfos, for EF.CardAccess and again for DG14, where they are signed [9303-11 §9.2]. */
export function paceInfosOf({ access }: ChipSecurity): readonly PaceInfo[] {
  return access.pace.map(({ oid, parameterId }) => ({
    kind: 'pace',
    oid,
    version: PACE_VERSION,
    parameterId,
  }));
}

/** SecurityInfos of DG14 [9303-11 §9.2]; none when the chip has nothing to say there. */
export function securityInfosOf(
  chip: ChipSecurity,
  keys: ChipPublicKeys,
  terminalTrust?: TerminalTrust,
): readonly SecurityInfo[] {
  return [
    ...paceInfosOf(chip),
    ...chipAuthenticationInfos(chip, keys),
    ...activeAuthenticationInfos(chip, keys),
    ...(terminalTrust ? [terminalAuthenticationInfo(chip)] : []),
  ];
}

function chipAuthenticationInfos(
  { chipAuthentication }: ChipSecurity,
  keys: ChipPublicKeys,
): readonly SecurityInfo[] {
  if (chipAuthentication === undefined || keys.chipAuthentication === undefined) return [];
  const { oid, keyId } = chipAuthentication;
  const named = keyId === undefined ? {} : { keyId };
  // The arc behind the protocol's own is the key agreement, 1 for DH and 2 for ECDH.
  const agreement = oid.slice(SECURITY_INFO_OIDS.chipAuthentication.length + 1).split('.')[0] ?? '';
  return [
    { kind: 'chip-authentication', oid, version: CHIP_AUTHENTICATION_VERSION, ...named },
    {
      kind: 'chip-authentication-public-key',
      oid: `${SECURITY_INFO_OIDS.chipAuthenticationPublicKey}.${agreement}`,
      publicKey: keys.chipAuthentication.publicKey,
      ...named,
    },
  ];
}

/**
 * SecurityInfos of EF.CardSecurity: those of EF.CardAccess again and the key that the chip proves
 * [9303-11 §9.2.11].
 */
export function cardSecurityInfosOf(
  chip: ChipSecurity,
  keys: ChipPublicKeys,
): readonly SecurityInfo[] {
  return [...paceInfosOf(chip), ...chipAuthenticationInfos(chip, keys)];
}

/** Only for ECDSA: with RSA the signature itself says its hash function [9303-11 §9.2.4]. */
function activeAuthenticationInfos(
  { activeAuthentication }: ChipSecurity,
  keys: ChipPublicKeys,
): readonly SecurityInfo[] {
  if (activeAuthentication?.algorithm !== 'ecdsa' || keys.activeAuthentication === undefined) {
    return [];
  }
  const { digest } = activeAuthentication;
  if (digest === 'sha1') throw new RangeError('ECDSA in Active Authentication knows no SHA-1');
  return [
    {
      kind: 'active-authentication',
      version: ACTIVE_AUTHENTICATION_VERSION,
      signatureAlgorithm: PLAIN_ECDSA_OIDS[digest],
    },
  ];
}

/** It names EF.CVCA only where that stands under another identifier [9303-11 §9.2.7]. */
function terminalAuthenticationInfo({ files }: ChipSecurity): SecurityInfo {
  const usual = LDS_FILE_TABLE['EF.CVCA'].fid;
  const fid = decodeUint(files.get('EF.CVCA')?.fid ?? new Uint8Array()) || usual;
  return {
    kind: 'terminal-authentication',
    version: TERMINAL_AUTHENTICATION_VERSION,
    ...(fid !== usual && { efCvca: { fid } }),
  };
}
