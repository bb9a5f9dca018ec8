import { encodeDg3With19794 } from '../../../../standards/lds/dg3';
import { encodeDg4With19794 } from '../../../../standards/lds/dg4';
import { sampleCodestream, sampleWsq } from '../../../../standards/lds/testing/sample-pictures';
import { comOf } from '../specimen-faults';
import { type BadSet, type CardSet, cardSet, changed } from './card-set';
import { editTlv, patch, removed, retag, revalue } from './edit-tlv';

const WELL_FORMED = 'persoline:LDS/well-formed';
const GROUP = [0x75, 0x7f61] as const;
const SAMPLE = [...GROUP, 0x7f60] as const;
const HEADER = [...SAMPLE, 0xa1] as const;
const DATA = [...SAMPLE, 0x5f2e] as const;

/** Offsets in a face record of ISO/IEC 19794-5 without feature points. */
const RECORD = {
  version: 4,
  length: 8,
  faces: 12,
  blockLength: 14,
  imageType: 34,
  dataType: 35,
  width: 36,
};

function record(change: (bytes: Uint8Array) => Uint8Array): () => Promise<CardSet> {
  return changed('EF.DG2', (bytes) => editTlv(bytes, DATA, revalue(change)));
}

const NESTING: readonly BadSet[] = [
  ['dg2-no-group', 'the group template 7F61 is absent', GROUP, removed],
  ['dg2-no-count', 'the count of samples is absent', [...GROUP, 0x02], removed],
  [
    'dg2-count-differs',
    'the count of samples is 2, one is there',
    [...GROUP, 0x02],
    revalue(() => Uint8Array.of(2)),
  ],
  ['dg2-no-sample', 'the sample template 7F60 has another tag', SAMPLE, retag(0x7f62)],
  ['dg2-no-header', 'the header template A1 is absent', HEADER, removed],
  ['dg2-no-owner', 'the format owner is absent', [...HEADER, 0x87], removed],
  ['dg2-no-type', 'the format type is absent', [...HEADER, 0x88], removed],
  ['dg2-no-data', 'the data block 5F2E is absent', DATA, removed],
].map(([id, fault, path, change]) => ({
  id: id as string,
  fault: `${fault as string} (TR5.1:LDS_C)`,
  check: WELL_FORMED,
  reason: 'EF.DG2 is malformed:',
  make: changed('EF.DG2', (bytes) =>
    editTlv(bytes, path as readonly number[], change as Parameters<typeof editTlv>[2]),
  ),
}));

const HEADERS: readonly BadSet[] = [
  {
    id: 'dg2-owner',
    fault: 'the format owner is not ISO/IEC JTC 1/SC 37',
    check: 'ICAO3:LDS_C/template',
    reason: 'EF.DG2 names format owner 0102 where 0101 belongs.',
    make: changed('EF.DG2', (bytes) =>
      editTlv(
        bytes,
        [...HEADER, 0x87],
        revalue(() => Uint8Array.of(1, 2)),
      ),
    ),
  },
  {
    id: 'dg2-type',
    fault: 'the format type is that of a finger',
    check: 'ICAO3:LDS_C/template',
    reason: 'EF.DG2 names format type 0007, but its record is of type 0008.',
    make: changed('EF.DG2', (bytes) =>
      editTlv(
        bytes,
        [...HEADER, 0x88],
        revalue(() => Uint8Array.of(0, 7)),
      ),
    ),
  },
  {
    id: 'dg2-kind',
    fault: 'the biometric type is that of a finger',
    check: 'ICAO3:LDS_C/template',
    reason: 'EF.DG2 names biometric type 08 where 02 belongs.',
    make: changed('EF.DG2', (bytes) =>
      editTlv(
        bytes,
        [...HEADER, 0x81],
        revalue(() => Uint8Array.of(8)),
      ),
    ),
  },
];

const RECORDS: readonly BadSet[] = (
  [
    ['dg2-record-mark', 'the record does not begin with FAC', 0, [0x46, 0x49, 0x52]],
    ['dg2-record-version', 'the record says version 020', RECORD.version, [0x30, 0x32, 0x30]],
    [
      'dg2-record-length',
      'the record says another length than it has',
      RECORD.length,
      [0, 0, 0, 60],
    ],
    ['dg2-no-face', 'the record says that it has no face', RECORD.faces, [0, 0]],
    [
      'dg2-block-length',
      'the face says a length beyond the record',
      RECORD.blockLength,
      [0, 0, 255, 255],
    ],
    ['dg2-image-type', 'the face image type is none', RECORD.imageType, [9]],
  ] as const
).map(([id, fault, offset, bytes]) => ({
  id,
  fault: `${fault} (TR5.1:LDS_C)`,
  check: WELL_FORMED,
  reason: 'EF.DG2 is malformed:',
  make: record((value) => patch(value, offset, ...bytes)),
}));

const PICTURES: readonly BadSet[] = [
  {
    id: 'dg2-picture-format',
    fault: 'the record says JPEG 2000, the picture is JPEG',
    check: 'ICAO3:LDS_C/picture',
    reason: 'The face record says jpeg2000, the picture itself is jpeg.',
    make: record((value) => patch(value, RECORD.dataType, 1)),
  },
  {
    id: 'dg2-picture-size',
    fault: 'the record says another width than the picture has',
    check: 'ICAO3:LDS_C/picture',
    reason: 'The face record says 61 × 80, the picture itself is 60 × 80.',
    outcome: 'warning',
    make: record((value) => patch(value, RECORD.width, 0, 61)),
  },
  {
    id: 'dg2-picture-start',
    fault: 'the picture has lost its first marker',
    check: 'ICAO3:LDS_C/picture',
    reason: 'The picture in EF.DG2 cannot be decoded:',
    make: record((value) => patch(value, 46, 0, 0)),
  },
  {
    id: 'dg2-picture-end',
    fault: 'the picture has lost its end mark',
    check: 'ICAO3:LDS_C/picture',
    reason: 'The picture in EF.DG2 cannot be decoded: JPEG: has no end mark.',
    make: record((value) => patch(value, -2, 0, 0)),
  },
];

const PRINTS = encodeDg3With19794(
  (['right-index', 'left-index'] as const).map((finger) => ({
    ...{ finger, imageFormat: 'wsq' as const, widthPx: 40, heightPx: 48, resolutionPpi: 500 },
    image: sampleWsq({ widthPx: 40, heightPx: 48, ppi: 500 }),
  })),
);
const IRISES = encodeDg4With19794([
  {
    ...{ eye: 'right', imageFormat: 'jpeg2000-lossy', colour: 'grey', widthPx: 40, heightPx: 30 },
    captured: { year: 2026, month: 6, day: 15 },
    image: sampleCodestream({ widthPx: 40, heightPx: 30 }),
  },
]);

function finger(path: readonly number[], change: Parameters<typeof editTlv>[2]) {
  return () =>
    cardSet({
      beforeSigning: (files) =>
        files
          .set('EF.COM', comOf([1, 2, 3, 11, 12, 14, 15]))
          .set('EF.DG3', editTlv(PRINTS, [0x63, 0x7f61, ...path], change)),
    });
}

const FINGERS: readonly BadSet[] = (
  [
    [
      'dg3-no-count',
      'the count of samples is absent (TR5.1:LDS_D_07)',
      WELL_FORMED,
      'EF.DG3 is malformed:',
      [0x02],
      removed,
    ],
    [
      'dg3-count-differs',
      'the count of samples is 3, two are there',
      WELL_FORMED,
      'EF.DG3 is malformed:',
      [0x02],
      revalue(() => Uint8Array.of(3)),
    ],
    [
      'dg3-owner',
      'the format owner is wrong (TR5.1:LDS_D_08)',
      'TR3.2:LDS_G/fingers',
      'EF.DG3 names format owner 0102 where 0101 belongs.',
      [0x7f60, 0xa1, 0x87],
      revalue(() => Uint8Array.of(1, 2)),
    ],
    [
      'dg3-type',
      'the format type is wrong (TR5.1:LDS_D_10)',
      'TR3.2:LDS_G/fingers',
      'EF.DG3 names format type 0008, but its record is of type 0007.',
      [0x7f60, 0xa1, 0x88],
      revalue(() => Uint8Array.of(0, 8)),
    ],
    [
      'dg3-subtype',
      'the subtype names no finger (TR5.1:LDS_D_12)',
      'TR3.2:LDS_G/fingers',
      'EF.DG3: the biometric subtype of sample 1 is wrong:',
      [0x7f60, 0xa1, 0x82],
      revalue(() => Uint8Array.of(0x1f)),
    ],
    [
      'dg3-no-subtype',
      'the subtype is absent (TR5.1:LDS_D_13)',
      'TR3.2:LDS_G/fingers',
      'EF.DG3: sample 1 has no biometric subtype that says which finger.',
      [0x7f60, 0xa1, 0x82],
      removed,
    ],
    [
      'dg3-record',
      'the record does not begin with FIR (TR5.1:LDS_D_14)',
      'TR3.2:LDS_G/fingers',
      'EF.DG3: the record of sample 1 cannot be read:',
      [0x7f60, 0x5f2e],
      revalue((value) => patch(value, 0, 0x46, 0x41, 0x43)),
    ],
    [
      'dg3-picture',
      'the picture has lost its end',
      'TR3.2:LDS_G/fingers',
      'EF.DG3: the picture of sample 1 cannot be decoded:',
      [0x7f60, 0x5f2e],
      revalue((value) => patch(value, -2, 0, 0)),
    ],
  ] as const
).map(([id, fault, check, reason, path, change]) => ({
  ...{ id, fault, check, reason },
  make: finger(path, change),
}));

const EYES: readonly BadSet[] = [
  {
    id: 'dg4-type',
    fault: 'the format type of an iris is that of a face (TR5.1:LDS_E)',
    check: 'TR3.2:LDS_H/irises',
    reason: 'EF.DG4 names format type 0008, but its record is of type 0009.',
    make: () =>
      cardSet({
        beforeSigning: (files) =>
          files.set('EF.COM', comOf([1, 2, 4, 11, 12, 14, 15])).set(
            'EF.DG4',
            editTlv(
              IRISES,
              [0x76, 0x7f61, 0x7f60, 0xa1, 0x88],
              revalue(() => Uint8Array.of(0, 8)),
            ),
          ),
      }),
  },
];

export const BAD_BIOMETRIC_SETS: readonly BadSet[] = [
  ...NESTING,
  ...HEADERS,
  ...RECORDS,
  ...PICTURES,
  ...FINGERS,
  ...EYES,
];
