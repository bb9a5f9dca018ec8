import { encodeDg3With19794 } from '../../../../standards/lds/dg3';
import { encodeDg4With19794 } from '../../../../standards/lds/dg4';
import { sampleCodestream, sampleWsq } from '../../../../standards/lds/testing/sample-pictures';
import { comOf } from '../specimen-faults';
import { type BadSet, cardSet } from './card-set';
import { cutOff, editTlv, patch, removed, retag, revalue, withTail } from './edit-tlv';

const WELL_FORMED = 'persoline:LDS/well-formed';

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

/** What differs between the sets of fingers and of irises. */
interface Group {
  readonly file: 'EF.DG3' | 'EF.DG4';
  readonly bytes: Uint8Array;
  readonly tag: number;
  /** The unit of the conformance report for readers. */
  readonly unit: string;
  readonly check: string;
  /** Format type of the other kind of samples. */
  readonly otherType: number;
  readonly typeSaid: string;
  /** A subtype that names no finger and no eye. */
  readonly noSubtype: number;
  readonly subtypeSaid: string;
}

const FINGERS: Group = {
  ...{ file: 'EF.DG3', bytes: PRINTS, tag: 0x63, unit: 'TR5.1:LDS_D' },
  check: 'TR3.2:LDS_G/fingers',
  otherType: 8,
  typeSaid: 'EF.DG3 names format type 0008, but its record is of type 0007.',
  noSubtype: 0x1f,
  subtypeSaid: 'EF.DG3: the biometric subtype of sample 1 is wrong:',
};
const EYES: Group = {
  ...{ file: 'EF.DG4', bytes: IRISES, tag: 0x76, unit: 'TR5.1:LDS_E' },
  check: 'TR3.2:LDS_H/irises',
  otherType: 8,
  typeSaid: 'EF.DG4 names format type 0008, but its record is of type 0009.',
  noSubtype: 0x03,
  subtypeSaid: 'EF.DG4: the biometric subtype of sample 1 is wrong:',
};

/** A set with this file in the place of the group. */
function setWith({ file }: Group, bytes: Uint8Array): BadSet['make'] {
  const groups = file === 'EF.DG3' ? [1, 2, 3, 11, 12, 14, 15] : [1, 2, 4, 11, 12, 14, 15];
  return () =>
    cardSet({ beforeSigning: (files) => files.set('EF.COM', comOf(groups)).set(file, bytes) });
}

type Edit = Parameters<typeof editTlv>[2];
const HEADER = [0x7f60, 0xa1] as const;
const DATA = [0x7f60, 0x5f2e] as const;

/** One edit a set: what was done, what is said of it, where, and how. */
type Row = readonly [string, string, string, readonly number[], Edit];

function framesOf({
  file,
  tag,
  bytes,
  unit,
}: Group): readonly (readonly [string, string, string, Uint8Array])[] {
  const hex = tag.toString(16).toUpperCase();
  return [
    [
      'wrong-tag',
      `${file} begins with another tag (${unit})`,
      `${file} begins with tag 7E where ${hex} belongs.`,
      editTlv(bytes, [tag], retag(0x7e)),
    ],
    [
      'cut-off',
      `${file} is shorter than its length says (${unit})`,
      `${file} is truncated: its length says`,
      cutOff(bytes),
    ],
    [
      'trailing-bytes',
      `bytes stand behind the end of ${file} (${unit})`,
      `${file} has 2 byte(s) after its end.`,
      withTail(bytes),
    ],
  ];
}

/** What the parser of the group refuses. */
function malformedOf(group: Group): readonly Row[] {
  const said = `${group.file} is malformed:`;
  return [
    ['no-count', 'the count of samples is absent', said, [0x02], removed],
    ['no-header', 'the header template A1 is absent', said, HEADER, removed],
    ['no-owner', 'the format owner is absent', said, [...HEADER, 0x87], removed],
    ['no-type', 'the format type is absent', said, [...HEADER, 0x88], removed],
    ['no-data', 'the data block 5F2E is absent', said, DATA, removed],
  ];
}

/** What the check of the group says of its samples. */
function wrongOf({ file, otherType, typeSaid, noSubtype, subtypeSaid }: Group): readonly Row[] {
  return [
    [
      'owner',
      'the format owner is wrong',
      `${file} names format owner 0102 where 0101 belongs.`,
      [...HEADER, 0x87],
      revalue(() => Uint8Array.of(1, 2)),
    ],
    [
      'type',
      'the format type is wrong',
      typeSaid,
      [...HEADER, 0x88],
      revalue(() => Uint8Array.of(0, otherType)),
    ],
    [
      'subtype',
      'the subtype names none',
      subtypeSaid,
      [...HEADER, 0x82],
      revalue(() => Uint8Array.of(noSubtype)),
    ],
    [
      'record',
      'the record does not begin with its mark',
      `${file}: the record of sample 1 cannot be read:`,
      DATA,
      revalue((value) => patch(value, 0, 0x46, 0x41, 0x43)),
    ],
    [
      'record-cut-off',
      'the record ends inside its header',
      `${file}: the record of sample 1 cannot be read:`,
      DATA,
      revalue((value) => value.subarray(0, 20)),
    ],
  ];
}

/** What only one of the two has. */
const OWN: readonly (readonly [Group, string, Row])[] = [
  [
    FINGERS,
    WELL_FORMED,
    [
      'count-differs',
      'the count of samples is 3, two are there',
      'EF.DG3 is malformed:',
      [0x02],
      revalue(() => Uint8Array.of(3)),
    ],
  ],
  [
    EYES,
    WELL_FORMED,
    [
      'count-differs',
      'the count of samples is 2, one is there',
      'EF.DG4 is malformed:',
      [0x02],
      revalue(() => Uint8Array.of(2)),
    ],
  ],
  [
    FINGERS,
    FINGERS.check,
    [
      'no-subtype',
      'the subtype is absent',
      'EF.DG3: sample 1 has no biometric subtype that says which finger.',
      [...HEADER, 0x82],
      removed,
    ],
  ],
  [
    FINGERS,
    FINGERS.check,
    [
      'picture',
      'the picture has lost its end',
      'EF.DG3: the picture of sample 1 cannot be decoded:',
      DATA,
      revalue((value) => patch(value, -2, 0, 0)),
    ],
  ],
  [
    EYES,
    EYES.check,
    [
      'picture',
      'the picture has lost the marker behind its first',
      'EF.DG4: the picture of sample 1 cannot be decoded:',
      DATA,
      revalue((value) => patch(value, Buffer.from(value).indexOf('FF4FFF51', 0, 'hex') + 2, 0, 0)),
    ],
  ],
];

function setOf(group: Group, check: string, [id, fault, reason, path, change]: Row): BadSet {
  const { file, bytes, tag, unit } = group;
  return {
    id: `${file.slice(3).toLowerCase()}-${id}`,
    fault: `${fault} (${unit})`,
    ...{ check, reason },
    make: setWith(group, editTlv(bytes, [tag, 0x7f61, ...path], change)),
  };
}

/** Fingers and irises that are wrong in exactly one way. */
export const BAD_SAMPLE_SETS: readonly BadSet[] = [
  ...[FINGERS, EYES].flatMap((group) => [
    ...framesOf(group).map(([id, fault, reason, bytes]) => ({
      ...{ id: `${group.file.slice(3).toLowerCase()}-${id}`, fault, check: WELL_FORMED, reason },
      make: setWith(group, bytes),
    })),
    ...malformedOf(group).map((row) => setOf(group, WELL_FORMED, row)),
    ...wrongOf(group).map((row) => setOf(group, group.check, row)),
  ]),
  ...OWN.map(([group, check, row]) => setOf(group, check, row)),
];
