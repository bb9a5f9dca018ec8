import { listFilesToWrite } from '../personalization/check-fit';
import { parseDg1 } from '../../standards/lds/dg1';
import { parseDg11 } from '../../standards/lds/dg11';
import { parseDg12 } from '../../standards/lds/dg12';
import { parseVietnameseDetails } from '../../standards/lds/dg13-vietnam';
import { parseDg14 } from '../../standards/lds/dg14';
import { parseDg15 } from '../../standards/lds/dg15';
import { parseDg2 } from '../../standards/lds/dg2';
import { parseCardAccess } from '../../standards/lds/ef-card-access';
import { parseEfCom } from '../../standards/lds/ef-com';
import { PLAIN_ECDSA_OIDS } from '../../standards/lds/security-infos';
import type { ApprovedRecord } from '../document/approved-record';
import type { LdsFiles } from '../document/lds-files';
import type { ChipProfile } from '../profile/chip';
import { shippedChip, shippedPairs, shippedProduct } from '../profile/testing/shipped-profiles';
import { buildLdsFiles, type LdsContent } from './build-lds-files';
import { prepareHolder } from './prepare-holder';
import {
  PASSPORT_RECORD,
  SPECIMEN_PORTRAIT,
  SPECIMEN_PUBLIC_KEYS,
  VIETNAMESE_RECORD,
} from './testing/specimen-records';

const chip: ChipProfile = {
  ...shippedChip('passport-applet-pace'),
  access: {
    bac: true,
    pace: [
      {
        protocol: 'id-PACE-ECDH-GM-AES-CBC-CMAC-128',
        oid: '0.4.0.127.0.7.2.2.4.2.2',
        parameterId: 13,
      },
    ],
  },
  activeAuthentication: {
    algorithm: 'ecdsa',
    curve: 'brainpoolP256r1',
    digest: 'sha256',
    keyOrigin: 'host',
  },
  chipAuthentication: {
    protocol: 'id-CA-ECDH-AES-CBC-CMAC-128',
    oid: '0.4.0.127.0.7.2.2.3.2.2',
    curve: 'brainpoolP256r1',
    keyId: 2,
    keyOrigin: 'host',
  },
};

/** The chip as if it could prove nothing of itself. */
function withoutKeys(): ChipProfile {
  const copy: { activeAuthentication?: unknown; chipAuthentication?: unknown } = { ...chip };
  delete copy.activeAuthentication;
  delete copy.chipAuthentication;
  return copy as ChipProfile;
}

function build(
  record: ApprovedRecord = VIETNAMESE_RECORD,
  change: Partial<LdsContent> = {},
): LdsFiles {
  const product = shippedProduct(record.profile);
  const { holder } = prepareHolder(record, product, { portrait: SPECIMEN_PORTRAIT });
  return buildLdsFiles({
    holder,
    product,
    chip,
    chipKeys: SPECIMEN_PUBLIC_KEYS,
    personalizationTime: new Date('2024-04-16T10:15:30.999Z'),
    issuerContent: { fingers: Uint8Array.of(3, 3, 3), irises: Uint8Array.of(4, 4, 4) },
    ...change,
  });
}

test('the Vietnamese card has its files in the order of writing, and EF.COM lists the groups', () => {
  const files = build();
  expect([...files.keys()]).toEqual([
    'EF.CardAccess',
    'EF.COM',
    'EF.DG1',
    'EF.DG2',
    'EF.DG13',
    'EF.DG14',
    'EF.DG15',
  ]);
  expect(parseEfCom(files.get('EF.COM')!)).toEqual({
    ldsVersion: '0107',
    unicodeVersion: '040000',
    dataGroups: [1, 2, 13, 14, 15],
    unknownTags: [],
  });
});

test('DG1 is the printed MRZ and DG2 the prepared portrait', () => {
  const files = build(PASSPORT_RECORD);
  expect(parseDg1(files.get('EF.DG1')!)).toBe(
    'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' + 'L898902C36UTO7408122F3404159ZE184226B<<<<<16',
  );
  const [sample] = parseDg2(files.get('EF.DG2')!);
  expect(sample?.images).toMatchObject([
    { imageFormat: 'jpeg', widthPx: 480, heightPx: 640, image: SPECIMEN_PORTRAIT.bytes },
  ]);
});

test('DG11 and DG12 hold what the record has, in their own notation', () => {
  const files = build({ ...PASSPORT_RECORD, dateOfBirth: '1974-08' });
  expect(parseDg11(files.get('EF.DG11')!).members).toEqual({
    fullName: 'Eriksson<<Anna<Maria',
    personalNumber: 'ZE184226B',
    dateOfBirth: '19740800',
    placeOfBirth: 'Zenith<Utopia',
    address: '1 Main Street<Zenith',
    profession: 'Engineer',
  });
  expect(parseDg12(files.get('EF.DG12')!).members).toEqual({
    issuingAuthority: 'Passport Office Utopia',
    dateOfIssue: '20240416',
    personalizationTime: '20240416101530',
  });
});

test('DG13 holds the Vietnamese items in words and dates as the card prints them', () => {
  const details = parseVietnameseDetails(build().get('EF.DG13')!);
  expect(details).toEqual({
    idNumber: '001099000001',
    fullName: 'NGUYỄN VĂN ĐƯỢC',
    dateOfBirth: '01/01/1999',
    gender: 'Nam',
    nationality: 'Việt Nam',
    ethnicity: 'Kinh',
    religion: 'Không',
    placeOfOrigin: 'Xã Thử Nghiệm, Huyện Mẫu, Hà Nội',
    placeOfResidence: 'Số 1 Đường Mẫu, Phường Thử, Hà Nội',
    identifyingFeatures: 'Nốt ruồi cách 1 cm dưới mắt trái',
    dateOfIssue: '10/05/2021',
    dateOfExpiry: '01/01/2039',
    father: 'Nguyễn Văn Thử',
    mother: 'Trần Thị Mẫu',
  });
  const other = build(
    { ...VIETNAMESE_RECORD, sex: 'F', dateOfExpiry: null, dateOfBirth: '1950-07' },
    { vietnameseCardReference: '0294A1B2C3D4E5F6' },
  );
  expect(parseVietnameseDetails(other.get('EF.DG13')!)).toMatchObject({
    gender: 'Nữ',
    dateOfExpiry: 'Không thời hạn',
    dateOfBirth: '07/1950',
    cardReference: '0294A1B2C3D4E5F6',
  });
});

test('DG14 repeats EF.CardAccess and tells the chip keys and the ECDSA digest', () => {
  const files = build();
  const announced = parseCardAccess(files.get('EF.CardAccess')!);
  const signed = parseDg14(files.get('EF.DG14')!);
  expect(announced).toEqual([
    { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
  ]);
  expect(signed).toHaveLength(4);
  expect(signed).toEqual(
    expect.arrayContaining([
      ...announced,
      { kind: 'chip-authentication', oid: '0.4.0.127.0.7.2.2.3.2.2', version: 1, keyId: 2 },
      {
        kind: 'chip-authentication-public-key',
        oid: '0.4.0.127.0.7.2.2.1.2',
        publicKey: SPECIMEN_PUBLIC_KEYS.chipAuthentication.publicKey,
        keyId: 2,
      },
      { kind: 'active-authentication', version: 1, signatureAlgorithm: PLAIN_ECDSA_OIDS.sha256 },
    ]),
  );
  expect(parseDg15(files.get('EF.DG15')!)).toEqual(
    SPECIMEN_PUBLIC_KEYS.activeAuthentication.publicKey,
  );
});

test('a chip without PACE and keys has neither EF.CardAccess nor DG14 nor DG15', () => {
  const plain: ChipProfile = { ...withoutKeys(), access: { bac: true, pace: [] } };
  const files = build(VIETNAMESE_RECORD, { chip: plain, chipKeys: {} });
  expect([...files.keys()]).toEqual(['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.DG13']);
  expect(parseEfCom(files.get('EF.COM')!).dataGroups).toEqual([1, 2, 13]);
});

test('RSA in Active Authentication leaves no trace in DG14', () => {
  const rsa: ChipProfile = {
    ...withoutKeys(),
    access: { bac: true, pace: chip.access.pace },
    activeAuthentication: {
      algorithm: 'rsa',
      modulusBits: 1024,
      digest: 'sha1',
      keyOrigin: 'host',
    },
  };
  const infos = parseDg14(build(VIETNAMESE_RECORD, { chip: rsa }).get('EF.DG14')!);
  expect(infos.map(({ kind }) => kind)).toEqual(['pace']);
});

test.each(shippedPairs())('%s on %s has every file that can be written', (product, chipName) => {
  const record = product.startsWith('vn-') ? VIETNAMESE_RECORD : PASSPORT_RECORD;
  const pair = { product: shippedProduct(product), chip: shippedChip(chipName) };
  const files = build({ ...record, profile: product }, pair);
  const wanted = listFilesToWrite(pair).filter(
    (name) => name !== 'EF.SOD' && name !== 'EF.CardSecurity',
  );
  expect([...files.keys()]).toEqual(wanted);
});

test('a portrait of another kind than JPEG is our own mistake', () => {
  const product = shippedProduct('vn-cccd-2021');
  const portrait = { ...SPECIMEN_PORTRAIT, format: 'png' as const };
  const { holder } = prepareHolder(VIETNAMESE_RECORD, product, { portrait });
  expect(() => build(VIETNAMESE_RECORD, { holder })).toThrow(RangeError);
});
