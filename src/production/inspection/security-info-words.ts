import type { SecurityInfo } from '../../standards/lds/security-infos';

const PACE_MAPPINGS: Readonly<Record<string, string>> = {
  '1': 'DH-GM',
  '2': 'ECDH-GM',
  '3': 'DH-IM',
  '4': 'ECDH-IM',
  '6': 'ECDH-CAM',
};
const CIPHERS: Readonly<Record<string, string>> = {
  '1': '3DES',
  '2': 'AES-128',
  '3': 'AES-192',
  '4': 'AES-256',
};
const KEY_AGREEMENTS: Readonly<Record<string, string>> = { '1': 'DH', '2': 'ECDH' };

/** One SecurityInfo in words, `PACE ECDH-GM AES-128, parameters 13`. */
export function describeSecurityInfo(info: SecurityInfo): string {
  switch (info.kind) {
    case 'pace': {
      const [mapping, cipher] = lastArcs(info.oid);
      const parameters = info.parameterId === undefined ? '' : `, parameters ${info.parameterId}`;
      return `PACE ${word(PACE_MAPPINGS, mapping)} ${word(CIPHERS, cipher)}${parameters}`;
    }
    case 'pace-domain-parameters': {
      const parameters = info.parameterId === undefined ? '' : ` ${info.parameterId}`;
      const mapping = word(PACE_MAPPINGS, info.oid.split('.').at(-1));
      return `PACE ${mapping} domain parameters${parameters}`;
    }
    case 'chip-authentication': {
      const [agreement, cipher] = lastArcs(info.oid);
      return `CA ${word(KEY_AGREEMENTS, agreement)} ${word(CIPHERS, cipher)}${key(info.keyId)}`;
    }
    case 'chip-authentication-public-key':
      return `CA ${word(KEY_AGREEMENTS, info.oid.split('.').at(-1))} public key${key(info.keyId)}`;
    case 'active-authentication':
      return `AA signature ${info.signatureAlgorithm}`;
    case 'terminal-authentication':
      return `TA version ${info.version}`;
    case 'other':
      return info.oid;
  }
}

function lastArcs(oid: string): readonly (string | undefined)[] {
  return oid.split('.').slice(-2);
}

function word(table: Readonly<Record<string, string>>, arc: string | undefined): string {
  return table[arc ?? ''] ?? `.${arc ?? '?'}`;
}

function key(keyId: number | undefined): string {
  return keyId === undefined ? '' : `, key ${keyId}`;
}
