import { encodeHex } from '../../../../standards/bytes/hex';
import { decodeUint } from '../../../../standards/bytes/integer';
import {
  type BiometricHeader,
  encodeBiometricGroup,
  parseBiometricGroup,
} from '../../../../standards/lds/biometric-group';
import { encodeDg2With39794, parseDg2 } from '../../../../standards/lds/dg2';
import { encodeEmptyDg3, parseDg3 } from '../../../../standards/lds/dg3';
import {
  encodeDisplayedImages,
  parseDisplayedImages,
} from '../../../../standards/lds/displayed-images';
import {
  encodeFaceRecord19794,
  FACE_IMAGE_TYPES,
  type FaceImage19794,
  type FaceImageType,
  parseFaceRecord19794,
  UNSPECIFIED_FACE,
} from '../../../../standards/lds/face-record-19794';
import type { FaceImage39794 } from '../../../../standards/lds/face-record-39794';
import { dataGroupTag } from '../../../../standards/lds/lds-file-table';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, hexFigure, once } from '../topic';
import { isObject, type VectorEntry } from '../vector-file';

/** Pictures of vectors are given by their length; what stands in them does not matter. */
const STAND_IN = 0x5a;
const MAX_IMAGE_BYTES = 8_000_000;

function standIn(length: number): Uint8Array {
  if (length < 0 || length > MAX_IMAGE_BYTES) throw new NotComputable('no picture has this length');
  return new Uint8Array(length).fill(STAND_IN);
}

/** A biometric data group around a data block of which the length is known. */
export function cbeffFigures(inputs: Inputs): Figures {
  const data = once(() => standIn(inputs.integer('bdb_length')));
  const group = once(() => biometricGroupOf(inputs));
  const whole = once(() => {
    const tag = dataGroupTag(group());
    const encoded = encodeBiometricGroup(tag, {
      templates: [{ header: headerOf(inputs), encoding: 'plain', data: data() }],
    });
    parseBiometricGroup(encoded, tag, 'biometric data group');
    return encoded;
  });
  const header = () => encodeHex(whole().subarray(0, whole().length - data().length));
  const names = ['header', 'header_hex', `dg${group()}_header_hex`];
  return {
    ...Object.fromEntries(names.map((name) => [name, header] as const)),
    // The header template is the object A1 before the data object.
    bht_hex: () => header().slice(header().indexOf('A1', 20), header().lastIndexOf('5F2E')),
    total_length: () => whole().length,
    length: () => whole().length,
  };
}

const GROUP_OF_TYPE: Readonly<Record<string, number>> = { '02': 2, '08': 3, '10': 4 };

function biometricGroupOf(inputs: Inputs): number {
  if (inputs.has('dg', 'data_group')) return inputs.integer('dg', 'data_group');
  const type = inputs.has('biometric_type') ? inputs.text('biometric_type') : '02';
  return GROUP_OF_TYPE[type] ?? 2;
}

function headerOf(inputs: Inputs): BiometricHeader {
  const optional = (name: string, ...members: string[]) => {
    const value = inputs.optionalHex(...members);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    ...optional('version', 'icao_header_version', 'version'),
    ...optional('biometricType', 'biometric_type'),
    ...optional('biometricSubtype', 'biometric_subtype'),
    ...optional('created', 'creation'),
    ...optional('validity', 'validity'),
    ...optional('creator', 'creator_pid', 'pid'),
    formatOwner: decodeUint(inputs.hex('format_owner')),
    formatType: decodeUint(inputs.hex('format_type')),
  };
}

/** `JPEG 2000 (signature …)`, `JPEG`, `JPEG 2000 lossless`. */
function imageFormatOf(inputs: Inputs): FaceImage39794['imageFormat'] {
  const words = inputs.has('image_format') ? inputs.text('image_format') : 'JPEG 2000';
  if (!/2000|j2k|jp2/i.test(words)) return 'jpeg';
  return /lossless/i.test(words) ? 'jpeg2000-lossless' : 'jpeg2000-lossy';
}

export function face39794Figures(inputs: Inputs): Figures {
  const image = once(() => standIn(inputs.integer('image_length')));
  const whole = once(() => {
    const encoded = encodeDg2With39794({
      generation: inputs.integer('version_generation'),
      year: inputs.integer('version_year'),
      representationId: inputs.has('representation_id') ? inputs.integer('representation_id') : 0,
      imageFormat: imageFormatOf(inputs),
      image: image(),
    });
    requireHeader(encoded, inputs);
    return encoded;
  });
  const start = () => Buffer.from(whole()).indexOf(Buffer.from(image()));
  const header = () => encodeHex(whole().subarray(0, start()));
  return {
    dg2_header_hex: header,
    header_hex: header,
    dg2_after_image_hex: hexFigure(() => whole().subarray(start() + image().length)),
    total_length: () => whole().length,
    nesting: (expected) => (isNested(header()) ? expected : 'the objects nest otherwise'),
  };
}

/** The objects of both standards from outside inwards, as far as the face image data block. */
function isNested(header: string): boolean {
  const nested = ['75', '7F61', '020101', '7F60', 'A1', '87020101', '8802002A', '7F2E', '65'];
  let from = 0;
  return nested.every((part) => {
    from = header.indexOf(part, from);
    return from >= 0;
  });
}

function requireHeader(encoded: Uint8Array, inputs: Inputs): void {
  if (!inputs.has('bht')) return;
  const wanted = inputs.object('bht');
  const header = parseDg2(encoded)[0]?.template.header;
  const same =
    header?.formatOwner === decodeUint(wanted.hex('format_owner')) &&
    header.formatType === decodeUint(wanted.hex('format_type'));
  if (!same) throw new Refused('structure', 'the biometric header has another format');
}

/** Codes that are no inputs of the entry are taken from the fields that it expects. */
export function face19794Figures(entry: VectorEntry): Figures {
  const fields = entry.expected['fields'];
  const given = new Inputs({ ...(isObject(fields) ? fields : {}), ...entry.inputs });
  const image = once(() => standIn(given.integer('image_length')));
  const record = once(() => {
    const encoded = encodeFaceRecord19794([faceOf(given, image())]);
    parseFaceRecord19794(encoded, 'face record');
    return encoded;
  });
  return {
    record_header_hex: hexFigure(() => record().subarray(0, record().length - image().length)),
    record_length: () => record().length,
    fields: () => readFields(record()),
  };
}

function faceOf(given: Inputs, image: Uint8Array): FaceImage19794 {
  const code = (...names: string[]): number => (given.has(...names) ? given.integer(...names) : 0);
  const types = Object.keys(FACE_IMAGE_TYPES) as FaceImageType[];
  const type = code('image_type', 'face_image_type');
  return {
    ...UNSPECIFIED_FACE,
    gender: code('gender'),
    eyeColour: code('eye_colour'),
    hairColour: code('hair_colour'),
    colourSpace: code('colour_space'),
    sourceType: code('source_type'),
    imageType: types.find((name) => FACE_IMAGE_TYPES[name] === type) ?? 'basic',
    imageFormat: code('image_data_type') === 1 ? 'jpeg2000' : 'jpeg',
    widthPx: code('width'),
    heightPx: code('height'),
    image,
  };
}

/** The fields of a record with one face without feature points, at their places. */
function readFields(record: Uint8Array): Readonly<Record<string, unknown>> {
  const hex = (from: number, to: number): string => encodeHex(record.subarray(from, to));
  const uint = (from: number, to: number): number => Number.parseInt(hex(from, to), 16);
  return {
    format_identifier: hex(0, 4),
    version: hex(4, 8),
    record_length: uint(8, 12),
    number_of_faces: uint(12, 14),
    facial_block_length: uint(14, 18),
    number_feature_points: uint(18, 20),
    gender: uint(20, 21),
    eye_colour: uint(21, 22),
    hair_colour: uint(22, 23),
    property_mask: hex(23, 26),
    expression: hex(26, 28),
    pose_angle: hex(28, 31),
    pose_uncertainty: hex(31, 34),
    image_type: uint(34, 35),
    image_data_type: uint(35, 36),
    width: uint(36, 38),
    height: uint(38, 40),
    colour_space: uint(40, 41),
    source_type: uint(41, 42),
    device_type: hex(42, 44),
    quality: hex(44, 46),
  };
}

/** DG3 without fingerprints: both places of tag 53 are read, one is written. */
export function emptyFingerFigures(inputs: Inputs): Figures {
  const content = () => inputs.hex('issuer_content');
  const readable = (expected: unknown): unknown => {
    const { templates, discretionary } = parseDg3(new Inputs({ expected }).hex('expected'));
    const same = encodeHex(discretionary ?? new Uint8Array()) === encodeHex(content());
    return templates.length === 0 && same ? expected : 'other content is read';
  };
  const written = hexFigure(() => encodeEmptyDg3(content()));
  return { hex_tag53_after_7F61: written, hex: written, hex_tag53_inside_7F61: readable };
}

/** DG5 and DG7: which one, the inputs say, the id, or the tag that is expected. */
export function displayedImageFigures(entry: VectorEntry): Figures {
  const inputs = Inputs.of(entry);
  const group = once((): 5 | 7 => {
    const named = inputs.has('dg', 'data_group') ? inputs.integer('dg', 'data_group') : undefined;
    const fromId = /dg([57])(?!\d)/i.exec(entry.id)?.[1];
    const header = entry.expected['header_hex'] ?? entry.expected['hex'];
    const tag = typeof header === 'string' ? header.slice(0, 2) : '';
    const found = named ?? (fromId === undefined ? { 65: 5, 67: 7 }[tag] : Number(fromId));
    if (found !== 5 && found !== 7) throw new NotComputable('it is neither DG5 nor DG7');
    return found;
  });
  const image = once(() => standIn(inputs.integer('image_length')));
  const file = once(() => {
    const images = Array.from({ length: inputs.integer('instances') }, () => image());
    const encoded = encodeDisplayedImages(group(), images);
    parseDisplayedImages(group(), encoded);
    return encoded;
  });
  const header = hexFigure(() =>
    file().subarray(0, Buffer.from(file()).indexOf(Buffer.from(image()))),
  );
  return {
    header_hex: header,
    header,
    hex: hexFigure(file),
    body_length: () => file().length - 4,
    total_length: () => file().length,
    length: () => file().length,
  };
}
