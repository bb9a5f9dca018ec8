import { decodeUint, encodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import {
  encodeTlv,
  findTlv,
  formatTag,
  parseOnlyTlv,
  parseTlvs,
  requireTlv,
  type Tlv,
} from '../tlv/tlv';

/** One biometric sample with its CBEFF header [9303-10 §4.7.2, table 44; ISO 19785-3]. */
export interface BiometricTemplate {
  readonly header: BiometricHeader;
  /** `plain` is 5F2E, as ISO/IEC 19794 has it; `constructed` is 7F2E, as ISO/IEC 39794 has it. */
  readonly encoding: 'plain' | 'constructed';
  /** The biometric data block. */
  readonly data: Uint8Array;
}

/** Biometric header template; only format owner and type are required [9303-10 table 44]. */
export interface BiometricHeader {
  readonly version?: Uint8Array;
  /** `02` face, `08` finger, `10` iris. */
  readonly biometricType?: Uint8Array;
  readonly biometricSubtype?: Uint8Array;
  /** Seven bytes, `yyyymmddhhmmss` in digits. */
  readonly created?: Uint8Array;
  /** Eight bytes, two dates in digits. */
  readonly validity?: Uint8Array;
  readonly creator?: Uint8Array;
  readonly formatOwner: number;
  readonly formatType: number;
}

/** A data group of biometric samples: DG2, DG3 or DG4 [9303-10 §4.7.2 to §4.7.4]. */
export interface BiometricGroup {
  readonly templates: readonly BiometricTemplate[];
  /** Content of tag 53, by which groups without samples differ [9303-10 §4.7.3.2.2]. */
  readonly discretionary?: Uint8Array;
}

/** Format owners and types of Doc 9303 [9303-10 §4.7.2; ISO 19785-3]. */
export const BIOMETRIC_FORMATS = {
  owner: 0x0101,
  fingerImage19794: 0x0007,
  face19794: 0x0008,
  /** From general knowledge, as public readers have it. */
  irisImage19794: 0x0009,
  /** From general knowledge, as public readers have it. */
  fingerImage39794: 0x0028,
  face39794: 0x002a,
  /** From general knowledge, as public readers have it. */
  irisImage39794: 0x002c,
} as const;

const GROUP_TAG = 0x7f61;
const TEMPLATE_TAG = 0x7f60;
const COUNT_TAG = 0x02;
const HEADER_TAG = 0xa1;
const DISCRETIONARY_TAG = 0x53;
const DATA_TAGS = { plain: 0x5f2e, constructed: 0x7f2e } as const;
const MAX_TEMPLATES = 16;

const HEADER_TAGS = {
  version: 0x80,
  biometricType: 0x81,
  biometricSubtype: 0x82,
  created: 0x83,
  validity: 0x85,
  creator: 0x86,
} as const;
const FORMAT_OWNER_TAG = 0x87;
const FORMAT_TYPE_TAG = 0x88;

type HeaderBytes = keyof typeof HEADER_TAGS;
const HEADER_MEMBERS = Object.entries(HEADER_TAGS) as readonly (readonly [HeaderBytes, number])[];

/** A biometric data group under its own tag [9303-10 §4.7.2 to §4.7.4, tables 42, 50]. */
export function encodeBiometricGroup(tag: number, group: BiometricGroup): Uint8Array {
  const { templates, discretionary } = group;
  const count = encodeTlv(COUNT_TAG, Uint8Array.of(templates.length));
  return encodeTlv(
    tag,
    encodeTlv(GROUP_TAG, count, ...templates.map(encodeTemplate)),
    ...(discretionary === undefined ? [] : [encodeTlv(DISCRETIONARY_TAG, discretionary)]),
  );
}

/**
 * Reads a biometric data group; tag 53 is found inside and behind 7F61
 * [9303-10 §4.7.2 to §4.7.4, tables 42, 50].
 *
 * @throws MalformedError
 */
export function parseBiometricGroup(bytes: Uint8Array, tag: number, place: string): BiometricGroup {
  const outer = parseTlvs(parseOnlyTlv(bytes, tag, place), place);
  const inner = parseTlvs(requireTlv(outer, GROUP_TAG, place), place);
  const declared = decodeUint(requireTlv(inner, COUNT_TAG, place), place);
  const found = inner.filter((tlv) => tlv.tag === TEMPLATE_TAG);
  if (found.length > MAX_TEMPLATES) {
    throw new MalformedError(place, `has more than ${MAX_TEMPLATES} samples`);
  }
  if (declared !== found.length) {
    throw new MalformedError(place, `says ${declared} samples, ${found.length} are there`);
  }
  const discretionary = findTlv(outer, DISCRETIONARY_TAG) ?? findTlv(inner, DISCRETIONARY_TAG);
  return {
    templates: found.map((tlv, index) => parseTemplate(tlv, `${place}, sample ${index + 1}`)),
    ...(discretionary !== undefined && { discretionary }),
  };
}

function encodeTemplate({ header, encoding, data }: BiometricTemplate): Uint8Array {
  const optional = HEADER_MEMBERS.flatMap(([name, tag]) => {
    const value = header[name];
    return value === undefined ? [] : [encodeTlv(tag, value)];
  });
  const encodedHeader = encodeTlv(
    HEADER_TAG,
    ...optional,
    encodeTlv(FORMAT_OWNER_TAG, encodeUint(header.formatOwner, 2)),
    encodeTlv(FORMAT_TYPE_TAG, encodeUint(header.formatType, 2)),
  );
  return encodeTlv(TEMPLATE_TAG, encodedHeader, encodeTlv(DATA_TAGS[encoding], data));
}

function parseTemplate(tlv: Tlv, place: string): BiometricTemplate {
  const members = parseTlvs(tlv.value, place);
  const header = parseHeader(requireTlv(members, HEADER_TAG, place), `${place}, header`);
  const constructed = findTlv(members, DATA_TAGS.constructed);
  if (constructed !== undefined) return { header, encoding: 'constructed', data: constructed };
  return { header, encoding: 'plain', data: requireTlv(members, DATA_TAGS.plain, place) };
}

function parseHeader(bytes: Uint8Array, place: string): BiometricHeader {
  const members = parseTlvs(bytes, place);
  const format = (tag: number): number => {
    const value = requireTlv(members, tag, place);
    // One byte stands in early documents for the same number [9303-10 table 44].
    if (value.length > 2) throw new MalformedError(place, `${formatTag(tag)} is not two bytes`);
    return decodeUint(value, place);
  };
  const optional = HEADER_MEMBERS.flatMap(([name, tag]) => {
    const value = findTlv(members, tag);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(Object.fromEntries(optional) as Partial<Record<HeaderBytes, Uint8Array>>),
    formatOwner: format(FORMAT_OWNER_TAG),
    formatType: format(FORMAT_TYPE_TAG),
  };
}
