import { decodeUint } from '../bytes/integer';
import { MalformedError } from '../bytes/malformed';
import { decodeAscii, decodeUtf8, encodeAscii, encodeUtf8 } from '../bytes/text';
import { encodeTlv, findTlv, parseOnlyTlv, parseTlvs, requireTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';

/** A person to notify in an emergency [9303-10 §4.7.16]. */
export interface PersonToNotify {
  /** `yyyymmdd` of the entry. */
  readonly recorded: string;
  /** Identifiers divided by `<<`, components by `<`. */
  readonly name: string;
  readonly telephone?: string;
  readonly address?: string;
}

const PLACE = 'EF.DG16';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG16'];
const COUNT_TAG = 0x02;
const FIRST_PERSON_TAG = 0xa1;
const MAX_PERSONS = 15;
/** Doc 9303 gives these texts no bound; ours is that of the longest text in EF.DG11. */
const MAX_TEXT_BYTES = 999;
const TAGS = { recorded: 0x5f50, name: 0x5f51, telephone: 0x5f52, address: 0x5f53 } as const;

/**
 * EF.DG16 [9303-10 §4.7.16].
 *
 * @throws RangeError when there are not 1 to 15 persons or a date is not eight digits,
 * MalformedError when a text has more than 999 bytes.
 */
export function encodeDg16(persons: readonly PersonToNotify[]): Uint8Array {
  if (persons.length < 1 || persons.length > MAX_PERSONS) {
    throw new RangeError(`1 to ${MAX_PERSONS} persons belong into DG16`);
  }
  return encodeTlv(
    TAG,
    encodeTlv(COUNT_TAG, Uint8Array.of(persons.length)),
    ...persons.map((person, index) => encodePerson(person, FIRST_PERSON_TAG + index)),
  );
}

/** Reads EF.DG16 [9303-10 §4.7.16]. @throws MalformedError */
export function parseDg16(bytes: Uint8Array): readonly PersonToNotify[] {
  const tlvs = parseTlvs(parseOnlyTlv(bytes, TAG, PLACE), PLACE);
  const count = decodeUint(requireTlv(tlvs, COUNT_TAG, PLACE), PLACE);
  if (count !== tlvs.length - 1 || count > MAX_PERSONS) {
    throw new MalformedError(PLACE, `says ${count} persons, ${tlvs.length - 1} are there`);
  }
  return Array.from({ length: count }, (_, index) =>
    parsePerson(requireTlv(tlvs, FIRST_PERSON_TAG + index, PLACE), `${PLACE}, person ${index + 1}`),
  );
}

function encodePerson(person: PersonToNotify, tag: number): Uint8Array {
  if (!/^\d{8}$/.test(person.recorded)) throw new RangeError('the date is not yyyymmdd');
  const optional = (['telephone', 'address'] as const).flatMap((name) => {
    const value = person[name];
    return value === undefined ? [] : [encodeTlv(TAGS[name], encodeBounded(value, name))];
  });
  return encodeTlv(
    tag,
    encodeTlv(TAGS.recorded, encodeAscii(person.recorded)),
    encodeTlv(TAGS.name, encodeBounded(person.name, 'name')),
    ...optional,
  );
}

function encodeBounded(text: string, name: string): Uint8Array {
  const bytes = encodeUtf8(text);
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new MalformedError(
      `${PLACE}, ${name}`,
      `is longer than ${MAX_TEXT_BYTES} bytes of UTF-8`,
    );
  }
  return bytes;
}

function parsePerson(bytes: Uint8Array, place: string): PersonToNotify {
  const tlvs = parseTlvs(bytes, place);
  const telephone = findTlv(tlvs, TAGS.telephone);
  const address = findTlv(tlvs, TAGS.address);
  return {
    recorded: decodeAscii(requireTlv(tlvs, TAGS.recorded, place), place),
    name: decodeUtf8(requireTlv(tlvs, TAGS.name, place), place),
    ...(telephone !== undefined && { telephone: decodeUtf8(telephone, place) }),
    ...(address !== undefined && { address: decodeUtf8(address, place) }),
  };
}
