import { encodeDg1 } from '../../../../standards/lds/dg1';
import { encodeDg16 } from '../../../../standards/lds/dg16';
import { encodeDg2With39794 } from '../../../../standards/lds/dg2';
import {
  encodeDg3With19794,
  encodeDg3With39794,
  encodeEmptyDg3,
} from '../../../../standards/lds/dg3';
import { encodeDg4With19794 } from '../../../../standards/lds/dg4';
import { encodeDisplayedImages } from '../../../../standards/lds/displayed-images';
import type { LdsSecurityObject } from '../../../../standards/lds/lds-security-object';
import {
  sampleCodestream,
  sampleJp2,
  sampleWsq,
} from '../../../../standards/lds/testing/sample-pictures';
import { encodeMrz } from '../../../../standards/mrz/encode-mrz';
import { makeTestChain } from '../../../../standards/pki/testing/test-issuer';
import { comOf } from '../specimen-faults';
import { SPECIMEN_MRZ } from '../specimen-set';
import { type CardSet, cardSet, CHAIN, type Files } from './card-set';
import { makeCrl } from '../trust-files';

/** One set that is right, and what may be said of it all the same. */
export interface GoodSet {
  readonly id: string;
  readonly words: string;
  /** Warnings that a reader is right to give, as `check: reason`; none in most sets. */
  readonly warnings?: readonly string[];
  readonly make: () => Promise<CardSet>;
}

const ALGORITHMS = [
  'ecdsa-P-224-sha224',
  'ecdsa-P-256-sha256',
  'ecdsa-P-384-sha384',
  'ecdsa-P-521-sha512',
  'ecdsa-brainpoolP224r1-sha224',
  'ecdsa-brainpoolP256r1-sha256',
  'ecdsa-brainpoolP320r1-sha384',
  'ecdsa-brainpoolP384r1-sha384',
  'ecdsa-brainpoolP512r1-sha512',
  'rsa-2048-pkcs1-sha224',
  'rsa-2048-pkcs1-sha256',
  'rsa-3072-pkcs1-sha384',
  'rsa-4096-pkcs1-sha512',
  'rsa-2048-pss-sha224',
  'rsa-3072-pss-sha256',
  'rsa-3072-pss-sha384',
  'rsa-4096-pss-sha512',
];

const NAMED_CURVE =
  'names its curve, or leaves the cofactor away, where explicit parameters are demanded.';
const toVersion0 = ({ digest, hashes }: LdsSecurityObject): LdsSecurityObject => ({
  version: 0,
  digest,
  hashes,
});

function withFiles(change: (files: Files) => void): () => Promise<CardSet> {
  return () => cardSet({ beforeSigning: change });
}

const PRINTS = (['right-index', 'left-index'] as const).map((finger) => ({
  ...{ finger, imageFormat: 'wsq' as const, widthPx: 40, heightPx: 48, resolutionPpi: 500 },
  image: sampleWsq({ widthPx: 40, heightPx: 48, ppi: 500 }),
}));
const IRIS = {
  ...{ eye: 'right' as const, imageFormat: 'jpeg2000-lossy' as const, colour: 'grey' as const },
  ...{ widthPx: 40, heightPx: 30, captured: { year: 2026, month: 6, day: 15 } },
  image: sampleCodestream({ widthPx: 40, heightPx: 30 }),
};
const PORTRAIT_JP2 = sampleJp2({ widthPx: 60, heightPx: 80, components: 3 });

const CONTENTS: readonly GoodSet[] = [
  {
    id: 'form-td1',
    words: 'an identity card, TD1',
    make: withFiles((files) =>
      files.set(
        'EF.DG1',
        encodeDg1(encodeMrz({ ...SPECIMEN_MRZ, form: 'TD1', documentCode: 'ID' })),
      ),
    ),
  },
  {
    id: 'form-td2',
    words: 'an identity card, TD2',
    make: withFiles((files) =>
      files.set(
        'EF.DG1',
        encodeDg1(encodeMrz({ ...SPECIMEN_MRZ, form: 'TD2', documentCode: 'ID' })),
      ),
    ),
  },
  {
    id: 'dg2-39794',
    words: 'the portrait by ISO/IEC 39794-5, JPEG 2000',
    make: withFiles((files) =>
      files.set(
        'EF.DG2',
        encodeDg2With39794({
          ...{ generation: 3, year: 2019, representationId: 1 },
          ...{ imageFormat: 'jpeg2000-lossy', image: PORTRAIT_JP2, widthPx: 60, heightPx: 80 },
        }),
      ),
    ),
  },
  {
    id: 'dg3-19794',
    words: 'two fingers by ISO/IEC 19794-4, WSQ',
    make: withGroups([1, 2, 3, 11, 12, 14, 15], (files) =>
      files.set('EF.DG3', encodeDg3With19794(PRINTS)),
    ),
  },
  {
    id: 'dg3-39794',
    words: 'two fingers by ISO/IEC 39794-4, WSQ',
    make: withGroups([1, 2, 3, 11, 12, 14, 15], (files) =>
      files.set('EF.DG3', encodeDg3With39794(PRINTS)),
    ),
  },
  {
    id: 'dg3-empty',
    words: 'no fingers, declared as Doc 9303 prescribes',
    make: withGroups([1, 2, 3, 11, 12, 14, 15], (files) =>
      files.set(
        'EF.DG3',
        encodeEmptyDg3(Uint8Array.of(0x5a, 0x17, 0x99, 0x03, 0xc1, 0x42, 0x08, 0xee)),
      ),
    ),
  },
  {
    id: 'dg4-19794',
    words: 'an iris by ISO/IEC 19794-6',
    make: withGroups([1, 2, 4, 11, 12, 14, 15], (files) =>
      files.set('EF.DG4', encodeDg4With19794([IRIS])),
    ),
  },
  {
    id: 'dg7-dg16',
    words: 'a signature and a person to notify',
    make: withGroups([1, 2, 7, 11, 12, 14, 15, 16], (files) =>
      files
        .set('EF.DG7', encodeDisplayedImages(7, [PORTRAIT_JP2]))
        .set('EF.DG16', encodeDg16([{ recorded: '20260615', name: 'MARLOWE<<OTTO' }])),
    ),
  },
];

const SIGNERS: readonly GoodSet[] = [
  {
    id: 'sod-v0',
    words: 'a security object of version 0',
    make: () => cardSet({ securityObject: toVersion0 }),
  },
  {
    id: 'signer-by-key-identifier',
    words: 'the signer named by its key identifier',
    make: () => cardSet({ signerId: 'subjectKeyIdentifier' }),
  },
  {
    id: 'with-crl',
    words: 'a revocation list that does not name the DSC',
    make: () => cardSet({ crl: makeCrl(CHAIN) }),
  },
  ...['ecdsa-P-256-sha256', 'ecdsa-brainpoolP384r1-sha384'].map((algorithm) => ({
    id: `named-curve-${algorithm.split('-').slice(1, -1).join('-').toLowerCase()}`,
    words: `the curve by name, ${algorithm}`,
    warnings: [
      `ICAO3:LDS_D/dsc-profile: The DSC ${NAMED_CURVE}`,
      `ICAO3:LDS_D/csca-profile: The CSCA ${NAMED_CURVE}`,
    ],
    make: () => cardSet({ chain: makeTestChain(algorithm, 'named') }),
  })),
];

function withGroups(
  groups: readonly number[],
  change: (files: Files) => void,
): () => Promise<CardSet> {
  return withFiles((files) => {
    files.set('EF.COM', comOf(groups));
    change(files);
  });
}

/** Every set that is right: by algorithm, by form, by content, by kind of signer. */
export const GOOD_SETS: readonly GoodSet[] = [
  ...ALGORITHMS.map((algorithm) => ({
    id: algorithm.toLowerCase(),
    words: `keys and hashes of ${algorithm}`,
    make: () => cardSet({ chain: makeTestChain(algorithm) }),
  })),
  ...CONTENTS,
  ...SIGNERS,
];
