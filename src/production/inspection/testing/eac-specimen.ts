import { encodeDhPublicKey } from '../../../standards/access/chip-authentication/dh-public-key';
import { derivePrivateKey, derivePublicKey } from '../../../standards/crypto/agreement-group';
import { findCurveByPaceParameterId } from '../../../standards/crypto/curve-parameters';
import { findDhGroupByPaceParameterId } from '../../../standards/crypto/dh-parameters';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import { encodeDg3With19794, type FingerPrint } from '../../../standards/lds/dg3';
import { encodeDg4With19794, type IrisPicture } from '../../../standards/lds/dg4';
import { encodeDg14 } from '../../../standards/lds/dg14';
import { encodeDg15 } from '../../../standards/lds/dg15';
import { encodeCardAccess } from '../../../standards/lds/ef-card-access';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import { encodeEcPublicKey } from '../../../standards/pki/subject-public-key-info';
import { SeededRandom } from '../../../simulation/seeded-random';
import type { LdsFileName } from '../../document/lds-files';
import type { JudgeRequest } from '../judge-files';
import { makeCardSecurity } from './card-security-file';
import { makeSpecimen, SPECIMEN_CHAIN, SPECIMEN_DAY } from './specimen-set';
import { comOf } from './specimen-faults';

export const PACE = '0.4.0.127.0.7.2.2.4';
export const CHIP_AUTHENTICATION = '0.4.0.127.0.7.2.2.3';
const PUBLIC_KEY_OIDS = { DH: '0.4.0.127.0.7.2.2.1.1', ECDH: '0.4.0.127.0.7.2.2.1.2' } as const;
const TERMINAL_AUTHENTICATION = {
  kind: 'terminal-authentication',
  version: 1,
} as const satisfies SecurityInfo;
const ECDSA_SHA256 = '0.4.0.127.0.7.1.1.4.1.3';
/** brainpoolP256r1 by its number among the standardized domain parameters. */
const AA_PARAMETER_ID = 13;

export interface AgreementKey {
  readonly parameterId: number;
  readonly keyId?: number;
  readonly privateKey: Uint8Array;
}

/** What a set for extended access control is made of; all has a default. */
export interface EacOptions {
  readonly pace?: readonly { readonly oid: string; readonly parameterId: number }[];
  /** The variants of Chip Authentication and the key that each is used with. */
  readonly chipAuthentication?: readonly { readonly oid: string; readonly key: AgreementKey }[];
  /** Keys for PACE with chip authentication mapping; EF.CardSecurity is made with them. */
  readonly mapping?: readonly AgreementKey[];
  readonly cardSecuritySigner?: typeof SPECIMEN_CHAIN;
  readonly dg2?: Uint8Array;
}

export type EacSpecimen = JudgeRequest & { readonly files: Map<LdsFileName, Uint8Array> };

/** A key for key agreement that is the same in every run. */
export function makeAgreementKey(parameterId: number, keyId?: number): AgreementKey {
  const group = findStandardizedGroup(parameterId);
  if (group === undefined) throw new RangeError('no such domain parameters');
  const random = new SeededRandom(`agreement key ${parameterId} ${keyId ?? ''}`).bytes(80);
  const privateKey = derivePrivateKey(group, random);
  return { parameterId, privateKey, ...(keyId !== undefined && { keyId }) };
}

/** The private scalar for Active Authentication with ECDSA over brainpoolP256r1. */
export const EAC_SIGNING_KEY = makeAgreementKey(AA_PARAMETER_ID, 99).privateKey;

export const DEFAULT_PACE = [{ oid: `${PACE}.2.4`, parameterId: 13 }];

/** A signed set with fingerprints behind extended access control, as its files stand on a chip. */
export async function makeEacSpecimen(options: EacOptions = {}): Promise<EacSpecimen> {
  const key = makeAgreementKey(AA_PARAMETER_ID);
  const {
    pace = DEFAULT_PACE,
    chipAuthentication = [{ oid: `${CHIP_AUTHENTICATION}.2.4`, key }],
    mapping = [],
  } = options;
  const paceInfos = pace.map((one): SecurityInfo => ({ kind: 'pace', version: 2, ...one }));
  const chipInfos = chipAuthentication.map(({ oid, key: { keyId } }): SecurityInfo => ({
    ...{ kind: 'chip-authentication', version: 1, oid },
    ...(keyId !== undefined && { keyId }),
  }));
  const keys = [...new Set(chipAuthentication.map((one) => one.key))];
  const specimen = await makeSpecimen({
    beforeSigning: (files) => {
      files.set('EF.CardAccess', encodeCardAccess(paceInfos));
      files.set('EF.COM', comOf([1, 2, 3, 4, 11, 12, 14, 15]));
      if (options.dg2 !== undefined) files.set('EF.DG2', options.dg2);
      files.set('EF.DG3', encodeDg3With19794([FINGER]));
      files.set('EF.DG4', encodeDg4With19794([IRIS]));
      files.set(
        'EF.DG14',
        encodeDg14([
          ...[...paceInfos, ...chipInfos, ...keys.map(publicKeyInfo)],
          TERMINAL_AUTHENTICATION,
          { kind: 'active-authentication', version: 1, signatureAlgorithm: ECDSA_SHA256 },
        ]),
      );
      files.set('EF.DG15', encodeDg15(spkiOf({ parameterId: 13, privateKey: EAC_SIGNING_KEY })));
    },
  });
  if (mapping.length > 0) {
    const infos = [...paceInfos, ...mapping.map((one) => mappingInfo(one))];
    const signer = options.cardSecuritySigner ?? SPECIMEN_CHAIN;
    specimen.files.set('EF.CardSecurity', makeCardSecurity(infos, signer));
  }
  return { ...specimen, at: SPECIMEN_DAY };
}

const FINGER: FingerPrint = {
  finger: 'right-index',
  imageFormat: 'wsq',
  widthPx: 300,
  heightPx: 400,
  resolutionPpi: 500,
  image: new SeededRandom('finger').bytes(900),
};

const IRIS: IrisPicture = {
  eye: 'left',
  imageFormat: 'jpeg2000-lossy',
  colour: 'grey',
  widthPx: 640,
  heightPx: 480,
  captured: { year: 2026, month: 6, day: 1 },
  image: new SeededRandom('iris').bytes(700),
};

function publicKeyInfo(key: AgreementKey): SecurityInfo {
  const kind = findStandardizedGroup(key.parameterId)?.kind ?? 'ECDH';
  return {
    kind: 'chip-authentication-public-key',
    oid: PUBLIC_KEY_OIDS[kind],
    publicKey: spkiOf(key),
    ...(key.keyId !== undefined && { keyId: key.keyId }),
  };
}

/** In EF.CardSecurity the key is named by the number of its domain parameters [9303-11 §9.2.6]. */
function mappingInfo(key: AgreementKey): SecurityInfo {
  return publicKeyInfo({ ...key, keyId: key.parameterId });
}

function spkiOf({ parameterId, privateKey }: AgreementKey): Uint8Array {
  const group = findStandardizedGroup(parameterId);
  if (group === undefined) throw new RangeError('no such domain parameters');
  const publicKey = derivePublicKey(group, privateKey);
  const curve = findCurveByPaceParameterId(parameterId);
  if (curve !== undefined) {
    return encodeEcPublicKey({ curve, point: publicKey, parameters: 'explicit' });
  }
  const parameters = findDhGroupByPaceParameterId(parameterId);
  if (parameters === undefined) throw new RangeError('no such domain parameters');
  return encodeDhPublicKey(parameters, publicKey);
}
