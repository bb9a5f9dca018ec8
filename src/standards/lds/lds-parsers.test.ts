import * as fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv } from '../tlv/tlv';
import { encodeDg1, parseDg1 } from './dg1';
import { DG11_MEMBERS, encodeDg11, parseDg11, type Dg11 } from './dg11';
import { DG12_MEMBERS, encodeDg12, parseDg12, type Dg12 } from './dg12';
import { encodeVietnameseDetails, parseVietnameseDetails } from './dg13-vietnam';
import { encodeDg14, parseDg14 } from './dg14';
import { encodeDg15, parseDg15 } from './dg15';
import { encodeDg16, parseDg16 } from './dg16';
import { encodeDg2With19794, encodeDg2With39794, parseDg2 } from './dg2';
import { encodeNationalDetails, parseNationalDetails } from './dg13-national';
import {
  encodeDg3With19794,
  encodeDg3With39794,
  encodeEmptyDg3,
  parseDg3,
  parseDg3Fingers,
  type FingerPrint,
} from './dg3';
import { encodeDg4With19794, encodeDg4With39794, parseDg4Irises, type IrisPicture } from './dg4';
import { encodeDisplayedImages, parseDisplayedImages } from './displayed-images';
import { encodeEfAtrInfo, parseEfAtrInfo } from './ef-atr-info';
import { encodeEfCom, parseEfCom } from './ef-com';
import { encodeEfDir, parseEfDir } from './ef-dir';
import {
  encodeFaceRecord19794,
  FACE_COLOUR_SPACES,
  parseFaceRecord19794,
  UNSPECIFIED_FACE,
} from './face-record-19794';
import { encodeLdsSecurityObject, parseLdsSecurityObject } from './lds-security-object';

const image = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const face19794 = {
  ...UNSPECIFIED_FACE,
  imageFormat: 'jpeg',
  widthPx: 480,
  heightPx: 640,
  colourSpace: FACE_COLOUR_SPACES.rgb24,
  image,
} as const;
const face39794 = {
  generation: 3,
  year: 2019,
  representationId: 0,
  imageFormat: 'jpeg',
  image,
} as const;
const dg11: Required<Dg11> = {
  fullName: 'Nguyễn<<Văn<Được',
  otherNames: ['Đức', 'An'],
  personalNumber: '001099000001',
  dateOfBirth: '19500700',
  placeOfBirth: 'Hà Nội<Việt Nam',
  address: 'Số 1<Hà Nội',
  telephone: '0000',
  profession: 'Kỹ sư',
  title: 'TS',
  personalSummary: '-',
  proofOfCitizenship: image,
  otherDocumentNumbers: 'A1<B2',
  custody: 'x'.repeat(999),
};
const dg12: Required<Dg12> = {
  issuingAuthority: 'Cục Mẫu',
  dateOfIssue: '20240416',
  otherPersons: ['AN', 'BINH'],
  endorsements: '-',
  taxOrExitRequirements: '-',
  imageOfFront: image,
  imageOfRear: image,
  personalizationTime: '20240416101530',
  personalizationSystem: 'P1',
};
const print: FingerPrint = {
  finger: 'left-ring',
  imageFormat: 'wsq',
  ...{ widthPx: 9, heightPx: 8, resolutionPpi: 500, image },
};
const iris: IrisPicture = {
  eye: 'left',
  imageFormat: 'jpeg2000-lossy',
  colour: 'rgb',
  ...{ widthPx: 9, heightPx: 8, captured: { year: 2026, month: 1, day: 2 }, image },
};
const national = {
  bloodGroup: { tag: 0x5f60, kind: 'text', maxBytes: 10 },
  entries: { tag: 0xa1, kind: 'list', itemTag: 0x5f61 },
} as const;
const capabilities = {
  selectByFullName: true,
  dataUnitSize: 1,
  commandChaining: false,
  extendedLength: true,
  lengthsInFile: true,
};

const hashes = new Map([1, 2].map((group) => [group, new Uint8Array(32)] as const));

/** A good file for each parser, of which the property test makes bad ones. */
const parsers: readonly (readonly [string, (bytes: Uint8Array) => unknown, Uint8Array])[] = [
  [
    'EF.COM',
    parseEfCom,
    encodeEfCom({ ldsVersion: '0107', unicodeVersion: '040000', dataGroups: [1, 2] }),
  ],
  ['EF.DG1', parseDg1, encodeDg1(['<'.repeat(88)])],
  ['EF.DG2 of 19794', parseDg2, encodeDg2With19794(face19794)],
  ['EF.DG2 of 39794', parseDg2, encodeDg2With39794(face39794)],
  ['EF.DG3', parseDg3, encodeEmptyDg3(image)],
  ['EF.DG3 of 19794', parseDg3Fingers, encodeDg3With19794([print])],
  ['EF.DG3 of 39794', parseDg3Fingers, encodeDg3With39794([print])],
  ['EF.DG4 of 19794', parseDg4Irises, encodeDg4With19794([iris])],
  ['EF.DG4 of 39794', parseDg4Irises, encodeDg4With39794([iris])],
  ['EF.DG5', (bytes) => parseDisplayedImages(5, bytes), encodeDisplayedImages(5, [image])],
  ['EF.DG7', (bytes) => parseDisplayedImages(7, bytes), encodeDisplayedImages(7, [image])],
  ['EF.DG11', parseDg11, encodeDg11(dg11)],
  ['EF.DG12', parseDg12, encodeDg12(dg12)],
  ['EF.DG13', parseVietnameseDetails, encodeVietnameseDetails({ idNumber: '1', father: 'A' })],
  [
    'EF.DG13 of a declared structure',
    (bytes) => parseNationalDetails(national, bytes),
    encodeNationalDetails(national, { bloodGroup: 'A', entries: ['B', 'C'] }),
  ],
  [
    'EF.DG14',
    parseDg14,
    encodeDg14([
      { kind: 'terminal-authentication', version: 1, efCvca: { fid: 0x11c, sfi: 0x1c } },
    ]),
  ],
  ['EF.DG15', parseDg15, encodeDg15(Uint8Array.of(0x30, 0))],
  ['EF.DG16', parseDg16, encodeDg16([{ recorded: '20020101', name: 'A', address: 'B' }])],
  ['EF.DIR', parseEfDir, encodeEfDir([decodeHex('A0000002471001')])],
  [
    'EF.ATR/INFO',
    parseEfAtrInfo,
    encodeEfAtrInfo({ capabilities, extendedLength: { maxCommand: 1000, maxResponse: 1000 } }),
  ],
  [
    'security object',
    parseLdsSecurityObject,
    encodeLdsSecurityObject({ version: 0, digest: 'sha256', hashes }),
  ],
];

test.each(parsers)('%s: a good file is read, a changed one read or refused', (_, parse, good) => {
  expect(() => parse(good)).not.toThrow();
  const changed = fc
    .tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), fc.nat({ max: good.length }))
    .map(([at, byte, length]) => {
      const bytes = Uint8Array.from(good);
      bytes[at] = byte;
      return byte % 2 === 0 ? bytes : bytes.subarray(0, length);
    });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      try {
        parse(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(parsers)(
  '%s: what follows behind its end is refused or another object',
  (name, parse, good) => {
    const longer = Buffer.concat([good, Uint8Array.of(0x04, 0x00)]);
    // EF.DIR and EF.ATR/INFO are rows of objects without a frame.
    if (name === 'EF.DIR' || name === 'EF.ATR/INFO') expect(parse(longer)).toEqual(parse(good));
    else expect(() => parse(longer)).toThrow(MalformedError);
  },
);

test('every member of DG11 and DG12 comes back, and the tag list names it', () => {
  const eleven = parseDg11(encodeDg11(dg11));
  expect(eleven.members).toEqual(dg11);
  expect(eleven.listedTags).toEqual(Object.values(DG11_MEMBERS).map(({ tag }) => tag));
  const twelve = parseDg12(encodeDg12(dg12));
  expect(twelve.members).toEqual(dg12);
  expect(twelve.listedTags).toEqual(Object.values(DG12_MEMBERS).map(({ tag }) => tag));
});

test('packed dates are read like written ones', () => {
  const written = encodeHex(encodeDg12({ dateOfIssue: '20240416' }));
  const packed = written.replace('083230323430343136', '0420240416').replace(/^6C0F/, '6C0B');
  expect(packed).not.toBe(written);
  expect(parseDg12(decodeHex(packed)).members.dateOfIssue).toBe('20240416');
});

test('texts that are too long and dates that are none are refused', () => {
  expect(() => encodeDg11({ address: 'Đ'.repeat(50) })).toThrow('EF.DG11, address');
  expect(() => encodeDg12({ dateOfIssue: '2024-04-16' })).toThrow('EF.DG12, dateOfIssue');
  expect(() => encodeDg12({ dateOfIssue: '202404' })).toThrow('has 6 digits instead of 8');
  expect(() => encodeDg12({ endorsements: 'Đ'.repeat(500) })).toThrow('EF.DG12, endorsements');
  expect(() => encodeDg12({ otherPersons: ['Đ'.repeat(500)] })).toThrow('EF.DG12, otherPersons');
  const person = { recorded: '20260102', name: 'ERIKSSON<<ERIK' };
  expect(() => encodeDg16([{ ...person, address: 'Đ'.repeat(500) }])).toThrow('EF.DG16, address');
});

test('a list that counts wrong is refused', () => {
  const good = encodeHex(encodeDg12({ otherPersons: ['A', 'B'] }));
  const wrong = good.replace('020102', '020103');
  expect(() => parseDg12(decodeHex(wrong))).toThrow('says 3 entries, 2 are there');
});

test('EF.COM keeps tags of no data group apart', () => {
  const good = encodeHex(
    encodeEfCom({ ldsVersion: '0107', unicodeVersion: '040000', dataGroups: [1, 2] }),
  );
  expect(parseEfCom(decodeHex(good.replace('6175', '6177')))).toMatchObject({
    dataGroups: [1],
    unknownTags: [0x77],
  });
  expect(() =>
    encodeEfCom({ ldsVersion: '1.7', unicodeVersion: '040000', dataGroups: [1] }),
  ).toThrow(RangeError);
});

test('a portrait says its size and colours, and an image of 19794 with feature points comes back', () => {
  const [sample] = parseDg2(encodeDg2With19794(face19794));
  expect(sample?.format).toBe('ISO/IEC 19794-5');
  expect(sample?.images).toEqual([face19794]);
  const rich = {
    ...face19794,
    gender: 1,
    propertyMask: 0x010203,
    expression: 1,
    featurePoints: new Uint8Array(16).fill(7),
    poseAngle: Uint8Array.of(1, 2, 3),
    imageType: 'token',
    quality: 80,
  } as const;
  const record = encodeFaceRecord19794([rich, face19794]);
  expect(parseFaceRecord19794(record, 'record')).toEqual([rich, face19794]);
});

test('DG2 without a face is refused, DG3 without a finger is not', () => {
  const none = encodeTlv(0x7f61, Uint8Array.of(0x02, 0x01, 0x00));
  expect(() => parseDg2(encodeTlv(0x75, none))).toThrow('has no face image');
  expect(parseDg3(encodeTlv(0x63, none))).toEqual({ templates: [] });
});
