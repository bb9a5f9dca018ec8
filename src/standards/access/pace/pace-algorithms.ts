import type { SessionCipherName } from '../../crypto/session-cipher';
import { SECURITY_INFO_OIDS } from '../../lds/security-infos';

/** Generic, integrated and chip authentication mapping [9303-11 §4.4.3.3]. */
export type PaceMapping = 'GM' | 'IM' | 'CAM';

/** One object identifier of PACE and what it stands for. */
export interface PaceAlgorithm {
  readonly oid: string;
  /** As in the standard, `id-PACE-ECDH-GM-AES-CBC-CMAC-128`. */
  readonly name: string;
  readonly agreement: 'DH' | 'ECDH';
  readonly mapping: PaceMapping;
  readonly cipher: SessionCipherName;
}

const FAMILIES = [
  { arc: 1, agreement: 'DH', mapping: 'GM' },
  { arc: 2, agreement: 'ECDH', mapping: 'GM' },
  { arc: 3, agreement: 'DH', mapping: 'IM' },
  { arc: 4, agreement: 'ECDH', mapping: 'IM' },
  { arc: 6, agreement: 'ECDH', mapping: 'CAM' },
] as const;

const CIPHERS = [
  { arc: 1, cipher: '3DES', suffix: '3DES-CBC-CBC' },
  { arc: 2, cipher: 'AES-128', suffix: 'AES-CBC-CMAC-128' },
  { arc: 3, cipher: 'AES-192', suffix: 'AES-CBC-CMAC-192' },
  { arc: 4, cipher: 'AES-256', suffix: 'AES-CBC-CMAC-256' },
] as const;

/** Every variant of PACE; chip authentication mapping has none with 3DES [9303-11 §4.4.3, §9.2.3]. */
export const PACE_ALGORITHMS: readonly PaceAlgorithm[] = FAMILIES.flatMap((family) =>
  CIPHERS.filter(({ cipher }) => family.mapping !== 'CAM' || cipher !== '3DES').map(
    ({ arc, cipher, suffix }) => ({
      oid: `${SECURITY_INFO_OIDS.pace}.${family.arc}.${arc}`,
      name: `id-PACE-${family.agreement}-${family.mapping}-${suffix}`,
      agreement: family.agreement,
      mapping: family.mapping,
      cipher,
    }),
  ),
);

/** The variant with this object identifier [9303-11 §9.2.3]. */
export function findPaceAlgorithm(oid: string): PaceAlgorithm | undefined {
  return PACE_ALGORITHMS.find((algorithm) => algorithm.oid === oid);
}
