import { parseDg11 } from '../../standards/lds/dg11';
import { parseDg12 } from '../../standards/lds/dg12';
import { parseNationalDetails } from '../../standards/lds/dg13-national';
import { parseDg16 } from '../../standards/lds/dg16';
import { parseDg2 } from '../../standards/lds/dg2';
import { parseDg3Fingers, type FingerPrint } from '../../standards/lds/dg3';
import { parseDg4Irises, type IrisPicture } from '../../standards/lds/dg4';
import { parseDisplayedImages } from '../../standards/lds/displayed-images';
import { parseEfAtrInfo } from '../../standards/lds/ef-atr-info';
import { parseEfCom } from '../../standards/lds/ef-com';
import { parseEfDir } from '../../standards/lds/ef-dir';
import type { ApprovedRecord } from '../document/approved-record';
import type { LdsFiles } from '../document/lds-files';
import type { ProductProfile } from '../profile/product';
import { shippedChip, shippedProduct } from '../profile/testing/shipped-profiles';
import { buildLdsFiles } from './build-lds-files';
import { prepareHolder, type HolderPictures } from './prepare-holder';
import {
  PASSPORT_RECORD,
  SPECIMEN_PORTRAIT,
  SPECIMEN_PUBLIC_KEYS,
} from './testing/specimen-records';

const FULL_RECORD: ApprovedRecord = {
  ...PASSPORT_RECORD,
  telephone: '+1 612 555 1212',
  title: 'Dr',
  personalSummary: 'None',
  otherNames: ['LINDQVIST, ANNA', 'Nøtt'],
  otherDocumentNumbers: ['P1234567', 'X99'],
  proofOfCitizenship: 'proof.jpg',
  custody: 'None',
  otherPersons: ['ERIKSSON, ERIK'],
  endorsements: 'Valid for all countries',
  taxOrExitRequirements: 'Exempt',
  imageOfFront: 'front.jpg',
  imageOfRear: 'rear.jpg',
  personsToNotify: [
    { name: 'ERIKSSON, ERIK', recordedOn: '2024-01-02', telephone: '1234', address: 'A, B' },
    { name: 'OKAFOR', recordedOn: '2024-01-03' },
  ],
  displayedPortrait: 'displayed.jpg',
  signature: 'signature.png',
  portraitTakenOn: '2024-03-31',
  eyeColour: 'blue',
  hairColour: 'blonde',
  heightCm: 172,
  fingerprints: [{ position: 'right-index', file: 'finger.wsq' }],
  irises: [{ eye: 'left', file: 'iris.jp2', takenOn: '2024-03-31' }],
  placeOfOrigin: 'Old Town',
  ethnicity: 'Utopian',
};

const PRINT: FingerPrint = {
  finger: 'right-index',
  imageFormat: 'wsq',
  ...{ widthPx: 300, heightPx: 400, resolutionPpi: 500, image: Uint8Array.of(0xff, 0xa0) },
};
const IRIS: IrisPicture = {
  eye: 'left',
  imageFormat: 'jpeg2000-lossy',
  colour: 'grey',
  ...{ widthPx: 320, heightPx: 240, captured: { year: 2024, month: 3, day: 31 } },
  image: Uint8Array.of(0xff, 0x4f),
};

/** Pictures that can be told apart by their last byte. */
const picture = (mark: number): HolderPictures['portrait'] => ({
  ...SPECIMEN_PORTRAIT,
  bytes: Uint8Array.of(0xff, 0xd8, mark),
});
const PICTURES: HolderPictures = {
  portrait: picture(0),
  displayedPortrait: picture(5),
  signature: picture(7),
  proofOfCitizenship: picture(11),
  imageOfFront: picture(12),
  imageOfRear: picture(13),
  fingerprints: [PRINT],
  irises: [IRIS],
};

function build(
  change: Partial<ApprovedRecord> = {},
  more: { pictures?: Partial<HolderPictures>; product?: ProductProfile; random?: number } = {},
): LdsFiles {
  const { product = shippedProduct('icao-td3-passport'), random = 1 } = more;
  const record = { ...FULL_RECORD, profile: product.name, ...change };
  const { holder } = prepareHolder(record, product, { ...PICTURES, ...more.pictures });
  return buildLdsFiles({
    ...{ holder, product, chip: shippedChip('gp-emrtd'), chipKeys: SPECIMEN_PUBLIC_KEYS },
    personalizationTime: new Date('2024-04-16T10:15:30Z'),
    issuerContent: { fingers: Uint8Array.of(random, 3), irises: Uint8Array.of(random, 4) },
  });
}

test.each(['icao-td1-id', 'icao-td2-id', 'icao-td3-passport'])(
  '%s takes every optional field of a record',
  (name) => {
    const files = build({}, { product: shippedProduct(name) });
    expect(parseEfCom(files.get('EF.COM')!).dataGroups).toEqual([
      1, 2, 3, 4, 5, 7, 11, 12, 13, 14, 15, 16,
    ]);
    expect(Object.keys(parseDg11(files.get('EF.DG11')!).members)).toHaveLength(13);
    expect(parseDg12(files.get('EF.DG12')!).members).toMatchObject({
      otherPersons: ['ERIKSSON<<ERIK'],
      endorsements: 'Valid for all countries',
      taxOrExitRequirements: 'Exempt',
      imageOfFront: picture(12).bytes,
      imageOfRear: picture(13).bytes,
    });
  },
);

test('names, numbers and persons are divided as Doc 9303 asks', () => {
  const files = build();
  expect(parseDg11(files.get('EF.DG11')!).members).toMatchObject({
    otherNames: ['LINDQVIST<<ANNA', 'Nøtt'],
    otherDocumentNumbers: 'P1234567<X99',
    proofOfCitizenship: picture(11).bytes,
  });
  expect(parseDg16(files.get('EF.DG16')!)).toEqual([
    { recorded: '20240102', name: 'ERIKSSON<<ERIK', telephone: '1234', address: 'A<B' },
    { recorded: '20240103', name: 'OKAFOR' },
  ]);
  expect(parseDisplayedImages(5, files.get('EF.DG5')!)).toEqual([picture(5).bytes]);
  expect(parseDisplayedImages(7, files.get('EF.DG7')!)).toEqual([picture(7).bytes]);
});

test('a declared DG13 holds its members of the record and no others', () => {
  const specs = {
    placeOfOrigin: { tag: 0xdf21, kind: 'text' },
    ethnicity: { tag: 0xdf23, kind: 'text' },
  } as const;
  expect(parseNationalDetails(specs, build().get('EF.DG13')!)).toEqual({
    members: { placeOfOrigin: 'Old Town', ethnicity: 'Utopian' },
    listedTags: [0xdf21, 0xdf23],
  });
});

test('biometrics change their format after the last day of the former', () => {
  const formats = (change: Partial<ApprovedRecord>): readonly unknown[] => {
    const files = build(change);
    return [
      parseDg2(files.get('EF.DG2')!)[0]?.format,
      parseDg3Fingers(files.get('EF.DG3')!)[0]?.format,
      parseDg4Irises(files.get('EF.DG4')!)[0]?.format,
    ];
  };
  expect(formats({ dateOfIssue: '2029-12-31', dateOfExpiry: '2039-12-30' })).toEqual([
    'ISO/IEC 19794-5',
    'ISO/IEC 19794-4',
    'ISO/IEC 19794-6',
  ]);
  expect(formats({ dateOfIssue: '2030-01-01', dateOfExpiry: '2039-12-30' })).toEqual([
    'ISO/IEC 39794-5',
    'ISO/IEC 39794-4',
    'ISO/IEC 39794-6',
  ]);
});

test('the face says what the record says of it, in both formats', () => {
  const [old] = parseDg2(build().get('EF.DG2')!);
  expect(old?.images[0]).toMatchObject({ gender: 2, eyeColour: 2, hairColour: 3 });
  const product = shippedProduct('icao-td3-passport');
  const change = { ...product, lds: { ...product.lds, biometricFormat: 39794 as const } };
  const [face] = parseDg2(build({}, { product: change }).get('EF.DG2')!);
  expect(face?.images[0]).toMatchObject({
    ...{ widthPx: 480, heightPx: 640, information: { faceImageKind: 0, colourSpace: 2 } },
    details: {
      captureDateTime: { year: 2024, month: 3, day: 31 },
      identity: { gender: 3, eyeColour: 3, hairColour: 4, subjectHeight: 172 },
    },
  });
});

test('prints and irises that could not be taken leave empty groups, no two alike', () => {
  const none = { pictures: { fingerprints: [], irises: [] } };
  const one = build({ fingerprints: [], irises: [] }, none);
  expect(parseDg3Fingers(one.get('EF.DG3')!)).toEqual([]);
  expect(parseDg4Irises(one.get('EF.DG4')!)).toEqual([]);
  const other = build({ fingerprints: [], irises: [] }, { ...none, random: 2 });
  for (const name of ['EF.DG3', 'EF.DG4'] as const) {
    expect(other.get(name)).not.toEqual(one.get(name));
  }
});

test('a record that asks for none of them has none of the optional groups', () => {
  const product = shippedProduct('icao-td3-passport');
  const record = { ...PASSPORT_RECORD };
  const { holder } = prepareHolder(record, product, { portrait: picture(0) });
  const files = buildLdsFiles({
    ...{ holder, product, chip: shippedChip('gp-emrtd'), chipKeys: SPECIMEN_PUBLIC_KEYS },
    personalizationTime: new Date(0),
    issuerContent: { fingers: new Uint8Array(8), irises: new Uint8Array(8) },
  });
  expect(parseEfCom(files.get('EF.COM')!).dataGroups).toEqual([1, 2, 11, 12, 14, 15]);
});

test('the master file names the application and the lengths of commands', () => {
  const files = build();
  const chip = shippedChip('gp-emrtd');
  expect(parseEfDir(files.get('EF.DIR')!)).toEqual([chip.application]);
  const { capabilities, extendedLength } = parseEfAtrInfo(files.get('EF.ATR-INFO')!);
  expect(capabilities.extendedLength).toBe(chip.limits.commandDataBytes > 255);
  if (extendedLength) expect(extendedLength.maxCommand).toBeGreaterThanOrEqual(1000);
});
