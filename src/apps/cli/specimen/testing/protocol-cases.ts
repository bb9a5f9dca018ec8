import type { ChipDigest } from '../../../../production/profile/chip';
import type { ChipSecrets } from '../../../../production/inspection/read/access-secrets';
import { SPECIMEN_HOLDER, SPECIMEN_SECRETS } from '../specimen-holder';
import type {
  ActiveAuthenticationWish,
  AgreementWish,
  SpecimenDescription,
} from '../specimen-description';

/** A chip, how it is opened, and what its inspection must say. */
export interface ProtocolCase {
  readonly name: string;
  readonly description: SpecimenDescription;
  readonly access: ChipSecrets;
  /** `PACE with CAN, ECDH-GM AES-128, brainpoolP256r1`, or `BAC`. */
  readonly opened: string;
}

const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_HOLDER;
const MRZ = { mrz: { documentNumber, dateOfBirth, dateOfExpiry } };
const { can, pin, puk } = SPECIMEN_SECRETS;

const PASSWORDS = [
  ['CAN', { can }],
  ['MRZ', MRZ],
  ['PIN', { pin }],
  ['PUK', { puk }],
] as const satisfies readonly (readonly [string, ChipSecrets])[];

const CIPHERS = [
  ['3DES', '3DES-CBC-CBC'],
  ['AES-128', 'AES-CBC-CMAC-128'],
  ['AES-192', 'AES-CBC-CMAC-192'],
  ['AES-256', 'AES-CBC-CMAC-256'],
] as const;

/** Every set of standardized domain parameters, by its name in reports [9303-11 §9.5.1]. */
const GROUPS: Readonly<Record<number, string>> = {
  0: 'MODP-1024-160',
  1: 'MODP-2048-224',
  2: 'MODP-2048-256',
  8: 'P-192',
  9: 'brainpoolP192r1',
  10: 'P-224',
  11: 'brainpoolP224r1',
  12: 'P-256',
  13: 'brainpoolP256r1',
  14: 'brainpoolP320r1',
  15: 'P-384',
  16: 'brainpoolP384r1',
  17: 'brainpoolP512r1',
  18: 'P-521',
};

const RSA_DIGESTS: readonly ChipDigest[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
const CURVES = ['P-256', 'brainpoolP320r1', 'P-384', 'brainpoolP512r1', 'P-521'] as const;
const CURVE_DIGESTS = ['sha256', 'sha384', 'sha384', 'sha512', 'sha512'] as const;

/** Every trailer of ISO 9796-2, and every other time ECDSA over another curve. */
function activeAuthentication(index: number): ActiveAuthenticationWish {
  const turn = Math.floor(index / 2) % RSA_DIGESTS.length;
  const curve = CURVES[turn] ?? 'P-256';
  return index % 2 === 0
    ? { algorithm: 'rsa', modulusBits: 2048, digest: RSA_DIGESTS[turn] ?? 'sha256' }
    : { algorithm: 'ecdsa', curve, digest: CURVE_DIGESTS[turn] ?? 'sha256' };
}

/** Over every group in turn, with 3DES by MSE:Set KAT and with AES by GENERAL AUTHENTICATE. */
function chipAuthentication(index: number): readonly AgreementWish[] {
  const ids = Object.keys(GROUPS).map(Number);
  const parameterId = ids[index % ids.length] ?? 13;
  const [, suffix] = CIPHERS[index % CIPHERS.length] ?? CIPHERS[1];
  return [{ protocol: `id-CA-${parameterId < 8 ? 'DH' : 'ECDH'}-${suffix}`, parameterId }];
}

const MAPPINGS = [
  ['GM', [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]],
  ['IM', [0, 2, 9, 12, 15, 17]],
  ['CAM', [12, 13, 16, 18]],
] as const;

/** PACE with every mapping, group, cipher and password, one after the other. */
const PACE_CASES = MAPPINGS.flatMap(([mapping, ids]) =>
  ids.map((id) => [mapping, id] as const),
).map(([mapping, parameterId], index): ProtocolCase => {
  const agreement = parameterId < 8 ? 'DH' : 'ECDH';
  // Chip authentication mapping knows no 3DES.
  const cipherAt = mapping === 'CAM' ? 1 + (index % 3) : index % CIPHERS.length;
  const [cipher, suffix] = CIPHERS[cipherAt] ?? CIPHERS[1];
  const [password, access] =
    PASSWORDS[(index + Math.floor(index / 4)) % PASSWORDS.length] ?? PASSWORDS[0];
  const opened = `${agreement}-${mapping} ${cipher}, ${GROUPS[parameterId] ?? ''}`;
  return {
    name: `${opened}, ${password}`,
    description: {
      access: {
        bac: index % 2 === 0,
        pace: [{ protocol: `id-PACE-${agreement}-${mapping}-${suffix}`, parameterId }],
      },
      chipAuthentication: chipAuthentication(index),
      activeAuthentication: activeAuthentication(index),
      biometrics: index % 4 === 0,
    },
    access,
    opened: `PACE with ${password}, ${opened}`,
  };
});

const SEVERAL: SpecimenDescription = {
  access: {
    bac: true,
    pace: [
      { protocol: 'id-PACE-ECDH-GM-AES-CBC-CMAC-128', parameterId: 12 },
      { protocol: 'id-PACE-ECDH-GM-AES-CBC-CMAC-256', parameterId: 13 },
      { protocol: 'id-PACE-ECDH-GM-AES-CBC-CMAC-256', parameterId: 16 },
      { protocol: 'id-PACE-ECDH-IM-3DES-CBC-CBC', parameterId: 13 },
    ],
  },
  chipAuthentication: [
    { protocol: 'id-CA-ECDH-3DES-CBC-CBC', parameterId: 13, keyId: 1 },
    { protocol: 'id-CA-ECDH-AES-CBC-CMAC-256', parameterId: 16, keyId: 2 },
  ],
  activeAuthentication: { algorithm: 'rsa', modulusBits: 4096, digest: 'sha512' },
  biometrics: true,
  portraitBytes: 40_000,
};

export const PROTOCOL_CASES: readonly ProtocolCase[] = [
  {
    name: 'BAC alone, with the keys of the first generation',
    description: {
      access: { bac: true, pace: [] },
      chipAuthentication: [{ protocol: 'id-CA-DH-3DES-CBC-CBC', parameterId: 1 }],
      activeAuthentication: { algorithm: 'rsa', modulusBits: 1024, digest: 'sha1' },
      biometrics: true,
    },
    access: MRZ,
    opened: 'BAC',
  },
  {
    name: 'several PACEInfos and keys, a portrait beyond 32,767 bytes in short blocks',
    description: SEVERAL,
    access: { can },
    opened: 'PACE with CAN, ECDH-GM AES-256, brainpoolP384r1',
  },
  {
    name: 'the same in blocks of extended length',
    description: {
      ...SEVERAL,
      activeAuthentication: { algorithm: 'rsa', modulusBits: 1848, digest: 'sha224' },
      extendedLength: true,
    },
    access: MRZ,
    opened: 'PACE with MRZ, ECDH-GM AES-256, brainpoolP384r1',
  },
  ...PACE_CASES,
];
