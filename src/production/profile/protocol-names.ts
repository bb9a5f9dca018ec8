/** Protocols by the names of Doc 9303-11, with their object identifiers [9303-11 §9.2]. */

const PACE_ARC = '0.4.0.127.0.7.2.2.4';
const CHIP_AUTHENTICATION_ARC = '0.4.0.127.0.7.2.2.3';

const CIPHERS = ['3DES-CBC-CBC', 'AES-CBC-CMAC-128', 'AES-CBC-CMAC-192', 'AES-CBC-CMAC-256'];
const PACE_MAPPINGS = { 'DH-GM': 1, 'ECDH-GM': 2, 'DH-IM': 3, 'ECDH-IM': 4, 'ECDH-CAM': 6 };
const KEY_AGREEMENTS = { DH: 1, ECDH: 2 };

/** Object identifier of each PACE variant; CAM knows no 3DES [9303-11 §9.2.1]. */
export const PACE_PROTOCOLS: ReadonlyMap<string, string> = new Map(
  combine('id-PACE', PACE_ARC, PACE_MAPPINGS).filter(
    ([name]) => name !== 'id-PACE-ECDH-CAM-3DES-CBC-CBC',
  ),
);

/** Object identifier of each variant of Chip Authentication [9303-11 §9.2.5]. */
export const CHIP_AUTHENTICATION_PROTOCOLS: ReadonlyMap<string, string> = new Map(
  combine('id-CA', CHIP_AUTHENTICATION_ARC, KEY_AGREEMENTS),
);

function combine(
  prefix: string,
  arc: string,
  families: Readonly<Record<string, number>>,
): [name: string, oid: string][] {
  return Object.entries(families).flatMap(([family, number]) =>
    CIPHERS.map((cipher, index): [string, string] => [
      `${prefix}-${family}-${cipher}`,
      `${arc}.${number}.${index + 1}`,
    ]),
  );
}
