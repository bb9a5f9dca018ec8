import { type BadSet, type CardSet, changed } from './card-set';
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

export const BAD_BIOMETRIC_SETS: readonly BadSet[] = [
  ...NESTING,
  ...HEADERS,
  ...RECORDS,
  ...PICTURES,
];
