import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import sharp from 'sharp';
import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../../standards/cms/build-signed-data';
import { encodeEfSod } from '../../../standards/cms/ef-sod';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { signMessage } from '../../../standards/crypto/sign-verify';
import { encodeDg1 } from '../../../standards/lds/dg1';
import { encodeDg11 } from '../../../standards/lds/dg11';
import { encodeDg12 } from '../../../standards/lds/dg12';
import { encodeDg14 } from '../../../standards/lds/dg14';
import { encodeDg15 } from '../../../standards/lds/dg15';
import { encodeDg2With19794 } from '../../../standards/lds/dg2';
import { encodeCardAccess } from '../../../standards/lds/ef-card-access';
import { encodeEfCom } from '../../../standards/lds/ef-com';
import { FACE_COLOUR_SPACES, UNSPECIFIED_FACE } from '../../../standards/lds/face-record-19794';
import {
  encodeLdsSecurityObject,
  LDS_SECURITY_OBJECT_OID,
  type LdsSecurityObject,
} from '../../../standards/lds/lds-security-object';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import { encodeMrz } from '../../../standards/mrz/encode-mrz';
import type { MrzFields } from '../../../standards/mrz/mrz-fields';
import { makeTestChain, type TestChain } from '../../../standards/pki/testing/test-issuer';
import { dataGroupNumber, LDS_FILE_NAMES, type LdsFileName } from '../../document/lds-files';
import type { JudgeRequest } from '../judge-files';

/** An invented holder of the invented State UTO. */
export const SPECIMEN_MRZ: MrzFields = {
  form: 'TD3',
  documentCode: 'PP',
  issuingState: 'UTO',
  name: 'MARLOWE<<IDA<RUTH',
  documentNumber: 'X00000047',
  nationality: 'UTO',
  dateOfBirth: '900317',
  sex: 'F',
  dateOfExpiry: '350316',
  optionalData: '',
  optionalDataLine2: '',
};

/** A day on which everything of the specimen is in date. */
export const SPECIMEN_DAY = new Date('2026-06-15T09:30:00Z');

const PACE_INFO: SecurityInfo = {
  kind: 'pace',
  oid: '0.4.0.127.0.7.2.2.4.2.2',
  version: 2,
  parameterId: 13,
};

type Files = Map<LdsFileName, Uint8Array>;

export interface SpecimenOptions {
  readonly chain?: TestChain;
  /** Changes the files before they are signed. */
  readonly beforeSigning?: (files: Files) => void;
  /** Changes the security object before it is signed. */
  readonly securityObject?: (object: LdsSecurityObject) => LdsSecurityObject;
  readonly signingTime?: Date;
  readonly signerId?: 'issuerAndSerialNumber' | 'subjectKeyIdentifier';
  /** Encodes what is signed in a way that our own builder refuses. */
  readonly encodeContent?: (files: ReadonlyMap<LdsFileName, Uint8Array>) => Uint8Array;
}

/** The chain that signs specimens unless a test brings its own; made once a test file. */
export const SPECIMEN_CHAIN = makeTestChain('ecdsa-brainpoolP256r1-sha256');

/** The private key of the specimen's chip, for Active Authentication. */
export const SPECIMEN_CHIP_KEY = makeChipKey();

/** A good set of files, signed, with what is needed to judge it. */
export async function makeSpecimen(
  options: SpecimenOptions = {},
): Promise<JudgeRequest & { readonly files: Files }> {
  const chain = options.chain ?? SPECIMEN_CHAIN;
  const files = await unsignedFiles();
  options.beforeSigning?.(files);
  files.set('EF.SOD', signFiles(files, chain, options));
  return { files, trust: { cscas: [chain.csca.raw] }, at: SPECIMEN_DAY };
}

async function unsignedFiles(): Promise<Files> {
  return new Map<LdsFileName, Uint8Array>([
    ['EF.CardAccess', encodeCardAccess([PACE_INFO])],
    [
      'EF.COM',
      encodeEfCom({
        ldsVersion: '0108',
        unicodeVersion: '040000',
        dataGroups: [1, 2, 11, 12, 14, 15],
      }),
    ],
    ['EF.DG1', encodeDg1(encodeMrz(SPECIMEN_MRZ))],
    ['EF.DG2', await faceFile()],
    ['EF.DG11', encodeDg11({ fullName: 'MARLOWE<<IDA<RUTH', dateOfBirth: '19900317' })],
    ['EF.DG12', encodeDg12({ issuingAuthority: 'UTOPIA OFFICE', dateOfIssue: '20260615' })],
    ['EF.DG14', encodeDg14([PACE_INFO])],
    ['EF.DG15', dg15Of(SPECIMEN_CHIP_KEY)],
  ]);
}

async function faceFile(): Promise<Uint8Array> {
  const create = { width: 60, height: 80, channels: 3, background: '#9ab' } as const;
  const image = new Uint8Array(await sharp({ create }).jpeg().toBuffer());
  return encodeDg2With19794({
    ...UNSPECIFIED_FACE,
    colourSpace: FACE_COLOUR_SPACES.rgb24,
    imageFormat: 'jpeg',
    widthPx: create.width,
    heightPx: create.height,
    image,
  });
}

/** A fresh RSA key of 1,024 bit, the longest that the open applet takes. */
export function makeChipKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
}

/** EF.DG15 with the public half of a key. */
export function dg15Of(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return encodeDg15(new Uint8Array(spki));
}

function signFiles(files: Files, chain: TestChain, options: SpecimenOptions): Uint8Array {
  const { signature } = chain.dscKey.algorithm;
  const plain: LdsSecurityObject = {
    version: 1,
    digest: signature.digest === 'sha1' ? 'sha256' : signature.digest,
    hashes: hashesOf(files, signature.digest),
    ldsVersion: '0108',
    unicodeVersion: '040000',
  };
  const content =
    options.encodeContent?.(files) ??
    encodeLdsSecurityObject(options.securityObject?.(plain) ?? plain);
  const frame = prepareSignedData({
    contentType: LDS_SECURITY_OBJECT_OID,
    signature,
    certificate: chain.dsc.raw,
    ...(options.signerId && { signerId: options.signerId }),
  });
  const signedAttributes = encodeSignedAttributes(
    frame,
    content,
    options.signingTime ?? SPECIMEN_DAY,
  );
  const value = signMessage(signature, chain.dscKey.privateKey, signedAttributes);
  return encodeEfSod(assembleSignedData(frame, { content, signedAttributes, signature: value }));
}

/** The hash of every data group by its number. */
export function hashesOf(
  files: ReadonlyMap<LdsFileName, Uint8Array>,
  digest: Parameters<typeof digestBytes>[0],
): LdsSecurityObject['hashes'] {
  return new Map(
    LDS_FILE_NAMES.flatMap((name): [number, Uint8Array][] => {
      const group = dataGroupNumber(name);
      const bytes = files.get(name);
      return group === undefined || bytes === undefined
        ? []
        : [[group, digestBytes(digest, bytes)]];
    }),
  );
}
