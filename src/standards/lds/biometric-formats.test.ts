import { encodeHex } from '../bytes/hex';
import { encodeTlv } from '../tlv/tlv';
import { encodeDg2With39794, parseDg2 } from './dg2';
import {
  encodeDg3With19794,
  encodeDg3With39794,
  encodeEmptyDg3,
  parseDg3Fingers,
  type FingerPrint,
} from './dg3';
import {
  encodeDg4With19794,
  encodeDg4With39794,
  encodeEmptyDg4,
  parseDg4Irises,
  type IrisPicture,
} from './dg4';
import { parseFaceRecord39794, type FaceImage39794 } from './face-record-39794';
import { parseFingerRecord39794 } from './finger-record-39794';
import { parseIrisRecord39794 } from './iris-record-39794';
import { encodeBlock, parseBlock } from './iso39794/block-codec';
import { FIRST_EDITION } from './iso39794/common-blocks';
import { FACE_DATA_BLOCK } from './iso39794/face-block';
import { FINGER_DATA_BLOCK } from './iso39794/finger-block';
import { IRIS_DATA_BLOCK } from './iso39794/iris-block';
import { EYES, eyeSubtype, FINGERS, fingerSubtype } from './sample-positions';

const image = Uint8Array.of(0xff, 0xa0, 0xff, 0xa1);

/** Every member of a face image data block. */
const FULL_FACE: FaceImage39794 = {
  ...{ generation: 3, year: 2019, representationId: 1, imageFormat: 'jpeg2000-lossless', image },
  ...{ widthPx: 480, heightPx: 640 },
  camera: {
    spectral: { whiteLight: true, nearInfrared: false, thermal: false },
    technology: 2,
  },
  information: {
    faceImageKind: 0,
    postAcquisitionProcessing: { rotated: false, cropped: true, downSampled: true },
    lossyTransformationAttempts: 2,
    cameraToSubjectDistance: 1500,
    sensorDiagonal: 28,
    lensFocalLength: 90,
    faceMeasurements: {
      headWidth: 240,
      interEyeDistance: 120,
      eyeToMouthDistance: 130,
      headLength: 320,
    },
    colourSpace: 2,
    referenceColourMapping: {
      schema: image,
      definitions: [{ definition: image, value: image }],
    },
  },
  details: {
    captureDateTime: { year: 2026, month: 2, day: 28, hour: 23, minute: 59, second: 7 },
    quality: [{ algorithm: { organization: 257, id: 1 }, scoreOrError: { score: 90 } }],
    presentationAttack: {
      decision: 0,
      scores: [{ mechanism: { organization: 1, id: 300 }, scoreOrError: { error: 0 } }],
      extendedData: [{ dataType: { organization: 1, id: 1 }, data: image }],
      captureContext: 0,
      supervisionLevel: 2,
      riskLevel: 5,
      criteriaCategory: 2,
      parameter: image,
      captureDateTime: { year: 2026 },
    },
    sessionId: 4_294_967_296,
    derivedFrom: 0,
    captureDevice: {
      modelId: { organization: 200, id: 65535 },
      certificationIds: [{ organization: 1, id: 2 }],
    },
    identity: {
      gender: 3,
      eyeColour: 4,
      hairColour: 3,
      subjectHeight: 168,
      properties: { glasses: false, beard: true, headCoveringsPresent: true },
      expression: { neutral: true, smile: false },
      poseAngle: {
        yaw: { value: -12, uncertainty: 3 },
        pitch: { value: -180 },
        roll: { value: 127 },
      },
    },
    landmarks: [
      {
        landmarkKind: { base: { mpeg4FeaturePoint: 24 } },
        coordinates: { base: { cartesian2d: { x: 100, y: 40000 } } },
      },
      {
        landmarkKind: { base: { anthropometricLandmark: { base: { pointId: 62 } } } },
        coordinates: { base: { cartesian3d: { x: 1, y: 2, z: 3 } } },
      },
    ],
  },
};

test('every member of a face in ISO/IEC 39794-5 comes back', () => {
  const [sample] = parseDg2(encodeDg2With39794(FULL_FACE));
  expect(sample?.format).toBe('ISO/IEC 39794-5');
  expect(sample?.images).toEqual([FULL_FACE]);
});

test('codes are read with and without an extension block, and unknown members are passed over', () => {
  const code = encodeTlv(0x80, Uint8Array.of(2));
  const information = encodeTlv(
    0xa1,
    encodeTlv(0xa0, code),
    encodeTlv(0xa9, code),
    encodeTlv(0xbf1f, code),
  );
  const extension = encodeTlv(0xa1, encodeTlv(0x80, Uint8Array.of(7)), encodeTlv(0x81));
  const record = encodeTlv(
    0xa1,
    encodeTlv(
      0x65,
      encodeTlv(0xa0, encodeTlv(0x80, Uint8Array.of(3)), encodeTlv(0x81, Uint8Array.of(7, 0xe3))),
      encodeTlv(
        0xa1,
        encodeTlv(
          0x30,
          encodeTlv(0x80, Uint8Array.of(0)),
          encodeTlv(0xa1, encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x80, image), information))),
          encodeTlv(0xa8, encodeTlv(0xa1, extension), encodeTlv(0xa7, code)),
          encodeTlv(0xbf2a, code),
        ),
      ),
      encodeTlv(0xa2, code),
    ),
  );
  expect(parseFaceRecord39794(record, 'record')).toEqual([
    {
      ...{ generation: 3, year: 2019, representationId: 0, imageFormat: 'jpeg', image },
      information: { colourSpace: 2 },
      details: { identity: { eyeColour: 7 } },
    },
  ]);
});

test.each([
  [-1, '80 01 FF'],
  [-128, '80 01 80'],
  [-129, '80 02 FF 7F'],
  [-180, '80 02 FF 4C'],
  [127, '80 01 7F'],
  [128, '80 02 00 80'],
  [65535, '80 03 00 FF FF'],
])('the INTEGER %i is in two’s complement', (value, hex) => {
  const spec = { number: { tag: 0, kind: 'int', required: true } } as const;
  const bytes = Buffer.concat(encodeBlock(spec, { number: value }));
  expect(encodeHex(bytes)).toBe(hex.replaceAll(' ', ''));
  expect(parseBlock(spec, bytes, 'block')).toEqual({ number: value });
});

test('a block without a member that it needs is refused by name', () => {
  const spec = { number: { tag: 0, kind: 'uint', required: true } } as const;
  expect(() => parseBlock(spec, new Uint8Array(), 'block')).toThrow('block, number: is missing');
});

test('a data block that represents nothing is refused in every part', () => {
  const empty = { version: FIRST_EDITION, representations: [] };
  const blocks = [
    [0x65, encodeBlock(FACE_DATA_BLOCK, empty), parseFaceRecord39794],
    [0x64, encodeBlock(FINGER_DATA_BLOCK, empty), parseFingerRecord39794],
    [0x66, encodeBlock(IRIS_DATA_BLOCK, empty), parseIrisRecord39794],
  ] as const;
  for (const [tag, block, parse] of blocks) {
    const record = encodeTlv(0xa1, encodeTlv(tag, ...block));
    expect(() => parse(record, 'record')).toThrow('record, representations: has no entry');
  }
});

const PRINTS: readonly FingerPrint[] = FINGERS.map((finger, index) => ({
  finger,
  imageFormat: index % 2 === 0 ? 'wsq' : 'jpeg2000-lossy',
  widthPx: 300 + index,
  heightPx: 400,
  resolutionPpi: index === 9 ? 1000 : 500,
  image: Uint8Array.of(0xff, index),
}));

test('ten fingers come back in both formats, each in a template of its own', () => {
  for (const [encode, format] of [
    [encodeDg3With19794, 'ISO/IEC 19794-4'],
    [encodeDg3With39794, 'ISO/IEC 39794-4'],
  ] as const) {
    const read = parseDg3Fingers(encode(PRINTS));
    expect(read.map((one) => one.format)).toEqual(PRINTS.map(() => format));
    expect(read.map(({ finger, image: bytes }) => ({ finger, image: bytes }))).toEqual(
      PRINTS.map(({ finger, image: bytes }) => ({ finger, image: bytes })),
    );
    expect(read.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(read.map((one) => one.resolutionPpi)).toEqual(PRINTS.map((one) => one.resolutionPpi));
  }
  expect(parseDg3Fingers(encodeDg3With19794(PRINTS)).map((one) => one.widthPx)).toEqual(
    PRINTS.map((one) => one.widthPx),
  );
});

test('subtypes name hand and finger', () => {
  expect(['right-index', 'left-index', 'right-thumb', 'left-thumb'] as const).toEqual(
    [0x09, 0x0a, 0x05, 0x06].map((subtype) =>
      FINGERS.find((one) => fingerSubtype(one) === subtype),
    ),
  );
  expect(EYES.map(eyeSubtype)).toEqual([1, 2]);
});

test('a finger record of ISO/IEC 19794-4 has 46 bytes of headers at their places', () => {
  const [print] = PRINTS;
  const hex = encodeHex(encodeDg3With19794(print === undefined ? [] : [print]));
  const record = hex.slice(hex.indexOf(encodeHex(Buffer.from('FIR\0'))));
  expect(record).toBe(
    '46495200' +
      '30313000' +
      '000000000030' +
      '0000' +
      '001F' +
      '01' +
      '01' +
      '01F401F401F401F4' +
      '08' +
      '02' +
      '0000' +
      '00000010' +
      '01' +
      '01' +
      '01' +
      'FE' +
      '00' +
      '012C' +
      '0190' +
      '00' +
      'FF00',
  );
});

const IRISES: readonly IrisPicture[] = EYES.map((eye) => ({
  eye,
  imageFormat: 'jpeg2000-lossless',
  colour: 'grey',
  widthPx: 640,
  heightPx: 480,
  captured: { year: 2026, month: 3, day: 9 },
  image,
}));

test('both irises come back in both formats', () => {
  for (const encode of [encodeDg4With19794, encodeDg4With39794]) {
    expect(parseDg4Irises(encode(IRISES)).map((one) => [one.eye, one.image])).toEqual([
      ['right', image],
      ['left', image],
    ]);
  }
  expect(parseDg4Irises(encodeDg4With19794(IRISES))[0]).toMatchObject({
    widthPx: 640,
    heightPx: 480,
  });
});

test('groups without samples differ by the content of tag 53', () => {
  for (const [encode, parse] of [
    [encodeEmptyDg3, parseDg3Fingers],
    [encodeEmptyDg4, parseDg4Irises],
  ] as const) {
    const one = encode(Uint8Array.of(1, 2, 3));
    expect(parse(one)).toEqual([]);
    expect(one).not.toEqual(encode(Uint8Array.of(1, 2, 4)));
  }
});
