import { encodeDg14, parseDg14 } from '../../../../standards/lds/dg14';
import { encodeEfCom } from '../../../../standards/lds/ef-com';
import type { SecurityInfo } from '../../../../standards/lds/security-infos';
import { encodeTlv } from '../../../../standards/tlv/tlv';
import { comOf } from '../specimen-faults';
import { type BadSet, cardSet, changed, tampered } from './card-set';
import { cutOff, editTlv, removed, retag, revalue, withTail } from './edit-tlv';

const STRONGER_PACE: SecurityInfo = {
  kind: 'pace',
  oid: '0.4.0.127.0.7.2.2.4.2.4',
  version: 2,
  parameterId: 16,
};

const WELL_FORMED = 'persoline:LDS/well-formed';

/** Frames of files that hold one data object: wrong tag, cut off, too long. */
const FRAMES: readonly BadSet[] = (
  [
    ['EF.COM', 0x60, 'TR5.1:LDS_A'],
    ['EF.DG1', 0x61, 'TR5.1:LDS_B'],
    ['EF.DG2', 0x75, 'TR5.1:LDS_C'],
    ['EF.DG14', 0x6e, 'TR5.1:LDS_F_01'],
    ['EF.DG15', 0x6f, 'TR5.1:LDS_I_01'],
  ] as const
).flatMap(([file, tag, source]): readonly BadSet[] => {
  const id = file.slice(3).toLowerCase();
  return [
    {
      id: `${id}-wrong-tag`,
      fault: `${file} begins with another tag (${source})`,
      check: WELL_FORMED,
      reason: `${file} begins with tag 7E where ${tag.toString(16).toUpperCase()} belongs.`,
      make: changed(file, (bytes) => editTlv(bytes, [tag], retag(0x7e))),
    },
    {
      id: `${id}-cut-off`,
      fault: `${file} is shorter than its length says`,
      check: WELL_FORMED,
      reason: `${file} is truncated: its length says`,
      make: changed(file, cutOff),
    },
    {
      id: `${id}-trailing-bytes`,
      fault: `bytes stand behind the end of ${file}`,
      check: WELL_FORMED,
      reason: `${file} has 2 byte(s) after its end.`,
      make: changed(file, withTail),
    },
  ];
});

const COM: readonly BadSet[] = [
  {
    id: 'com-without-tag-list',
    fault: 'EF.COM has no tag list',
    check: WELL_FORMED,
    reason: 'EF.COM is malformed: EF.COM: tag 5C is missing.',
    make: changed('EF.COM', (bytes) => editTlv(bytes, [0x60, 0x5c], removed)),
  },
  {
    id: 'com-empty',
    fault: 'EF.COM has no byte',
    check: WELL_FORMED,
    reason: 'EF.COM is empty.',
    make: changed('EF.COM', removed),
  },
  {
    id: 'com-version-differs',
    fault: 'EF.COM names another LDS version than EF.SOD',
    check: 'ICAO3:LDS_A/version',
    reason: 'EF.COM says LDS version 0107, EF.SOD has signed 0108.',
    make: changed('EF.COM', () => comOf([1, 2, 11, 12, 14, 15], '0107')),
  },
  {
    id: 'com-unicode-differs',
    fault: 'EF.COM names another Unicode version than EF.SOD',
    check: 'ICAO3:LDS_A/version',
    reason: 'EF.COM says Unicode version 050000, EF.SOD has signed 040000.',
    make: changed('EF.COM', () =>
      encodeEfCom({
        ldsVersion: '0108',
        unicodeVersion: '050000',
        dataGroups: [1, 2, 11, 12, 14, 15],
      }),
    ),
  },
  {
    id: 'com-lists-more',
    fault: 'EF.COM lists a group that is not signed (TR5.1:LDS_H_91)',
    check: 'TR5.1:LDS_H/com-sod',
    reason: 'EF.COM lists DG16, which EF.SOD does not have.',
    also: ['ICAO3:LDS_A/tag-list: EF.COM lists DG16, but the file is not there.'],
    make: changed('EF.COM', () => comOf([1, 2, 11, 12, 14, 15, 16])),
  },
  {
    id: 'com-lists-fewer',
    fault: 'EF.COM omits a group that is signed (TR5.1:LDS_H_90)',
    check: 'TR5.1:LDS_H/com-sod',
    reason: 'EF.COM omits DG12, which EF.SOD has signed.',
    also: ['ICAO3:LDS_A/tag-list: EF.COM does not list DG12, which is there.'],
    make: changed('EF.COM', () => comOf([1, 2, 11, 14, 15])),
  },
  {
    id: 'com-lists-other',
    fault: 'EF.COM lists another group in place of one (TR5.1:LDS_H_92)',
    check: 'TR5.1:LDS_H/com-sod',
    reason: 'EF.COM lists DG13, which EF.SOD does not have, and omits DG12.',
    also: [
      'ICAO3:LDS_A/tag-list: EF.COM lists DG13, but the file is not there.',
      'ICAO3:LDS_A/tag-list: EF.COM does not list DG12, which is there.',
    ],
    make: changed('EF.COM', () => comOf([1, 2, 11, 13, 14, 15])),
  },
];

const ABSENT: readonly BadSet[] = (['EF.COM', 'EF.SOD'] as const).map((file) => ({
  id: `${file.slice(3).toLowerCase()}-absent`,
  fault: `${file} is not there`,
  check: 'persoline:LDS/required-files',
  reason: `The required file ${file} is missing.`,
  make: () => cardSet({ afterSigning: (files) => files.delete(file) }),
}));

const OTHERS: readonly BadSet[] = [
  {
    id: 'dg11-birth-differs',
    fault: 'the date of birth in EF.DG11 is not that of the MRZ',
    check: 'persoline:LDS/holder-agrees',
    reason: 'in EF.DG11 does not agree with the MRZ in EF.DG1.',
    outcome: 'warning',
    make: changed('EF.DG11', (bytes) =>
      editTlv(
        bytes,
        [0x6b, 0x5f2b],
        revalue(() => new TextEncoder().encode('19900318')),
      ),
    ),
  },
  {
    id: 'dg11-tag-not-listed',
    fault: 'the tag list of EF.DG11 leaves the name away',
    check: 'persoline:LDS/tag-list',
    reason: 'EF.DG11 has fullName but does not name it in its tag list.',
    outcome: 'warning',
    make: changed('EF.DG11', (bytes) =>
      editTlv(
        bytes,
        [0x6b, 0x5c],
        revalue(() => Uint8Array.of(0x5f, 0x2b)),
      ),
    ),
  },
  {
    id: 'dg12-tag-not-there',
    fault: 'the tag list of EF.DG12 names an object that is not there',
    check: 'persoline:LDS/tag-list',
    reason: 'The tag list of EF.DG12 names something that is not there.',
    outcome: 'warning',
    make: changed('EF.DG12', (bytes) =>
      editTlv(
        bytes,
        [0x6c, 0x5c],
        revalue((list) => Uint8Array.of(...list, 0x5f, 0x1b)),
      ),
    ),
  },
  {
    id: 'dg14-pace-withheld',
    fault: 'EF.DG14 signs a variant of PACE that somebody took out of EF.CardAccess',
    check: '9303-11:PACE/downgrade',
    reason:
      'EF.DG14 signs PACE ECDH-GM AES-256, parameters 16, which EF.CardAccess does not offer.',
    make: changed('EF.DG14', (bytes) => encodeDg14([...parseDg14(bytes), STRONGER_PACE])),
  },
  {
    id: 'dg14-pace-differs',
    fault: 'EF.CardAccess offers PACE that EF.DG14 does not repeat',
    check: 'TR5.1:LDS_J/card-access-dg14',
    reason: 'which EF.DG14 does not repeat.',
    also: ['9303-11:PACE/downgrade: EF.DG14 signs PACE'],
    make: tampered('EF.CardAccess', (bytes) =>
      editTlv(bytes, [0x31, 0x30], ({ value }) =>
        encodeTlv(0x30, value.subarray(0, -1), Uint8Array.of(12)),
      ),
    ),
  },
  {
    id: 'dg14-protocol-missing',
    fault: 'an info of EF.DG14 has no protocol (TR5.1:LDS_F_05)',
    check: WELL_FORMED,
    reason: 'EF.DG14 is malformed:',
    make: changed('EF.DG14', (bytes) => editTlv(bytes, [0x6e, 0x31, 0x30, 0x06], removed)),
  },
  {
    id: 'dg15-no-key',
    fault: 'EF.DG15 holds something that is no public key',
    check: '9303-11:AA/algorithm-info',
    reason: 'The key in EF.DG15 cannot be used:',
    make: changed('EF.DG15', (bytes) => editTlv(bytes, [0x6f, 0x30, 0x30], removed)),
  },
  {
    id: 'card-access-malformed',
    fault: 'EF.CardAccess is no set of infos',
    check: WELL_FORMED,
    reason: 'EF.CardAccess is malformed:',
    make: tampered('EF.CardAccess', (bytes) => editTlv(bytes, [0x31, 0x30], retag(0x04))),
  },
  {
    id: 'atr-info-one-length',
    fault: 'EF.ATR/INFO has one length only (TR5.1:LDS_K_03)',
    check: WELL_FORMED,
    reason: 'EF.ATR-INFO is malformed: EF.ATR/INFO, extended length: has not two integers.',
    make: withFile('EF.ATR-INFO', '47038001E07F66040202FFFF'),
  },
  {
    id: 'atr-info-short-length',
    fault: 'EF.ATR/INFO says less than a short command needs',
    check: 'TR3.2:LDS_L/lengths',
    reason: 'EF.ATR/INFO: a longest length of 16 is shorter than any plain command.',
    make: withFile('EF.ATR-INFO', '47038001E07F660702011002020100'),
  },
  {
    id: 'dir-other-application',
    fault: 'EF.DIR does not name the application of the eMRTD',
    check: 'persoline:LDS/directory',
    reason: 'EF.DIR does not name the eMRTD application A0000002471001.',
    outcome: 'warning',
    make: withFile('EF.DIR', '61094F07A0000002472001'),
  },
  {
    id: 'dg16-no-date',
    fault: 'the date of a person in EF.DG16 is no day of the calendar',
    check: 'persoline:LDS/persons',
    reason: 'EF.DG16: the date of person 1 is no date.',
    outcome: 'warning',
    make: withGroup(
      'EF.DG16',
      [1, 2, 11, 12, 14, 15, 16],
      '701B020101A1165F50083230323631333435' + '5F51084D41524C4F57453C',
    ),
  },
  {
    id: 'dg7-no-picture',
    fault: 'the signature in EF.DG7 is no picture',
    check: 'persoline:LDS/displayed-pictures',
    reason: 'The picture in EF.DG7 cannot be decoded:',
    make: withGroup('EF.DG7', [1, 2, 7, 11, 12, 14, 15], '670A0201015F430400112233'),
  },
];

function withFile(name: 'EF.ATR-INFO' | 'EF.DIR', hex: string): BadSet['make'] {
  return () => cardSet({ afterSigning: (files) => files.set(name, Buffer.from(hex, 'hex')) });
}

function withGroup(
  name: 'EF.DG7' | 'EF.DG16',
  groups: readonly number[],
  hex: string,
): BadSet['make'] {
  return () =>
    cardSet({
      beforeSigning: (files) =>
        files.set('EF.COM', comOf(groups)).set(name, new Uint8Array(Buffer.from(hex, 'hex'))),
    });
}

export const BAD_FILE_SETS: readonly BadSet[] = [...FRAMES, ...COM, ...ABSENT, ...OTHERS];
