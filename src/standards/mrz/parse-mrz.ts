import { MalformedError } from '../bytes/malformed';
import { computeCheckDigit } from './check-digit';
import { checkMrzDate } from './mrz-date';
import type { MrzFields } from './mrz-fields';
import { MRZ_FORMS, MRZ_LAYOUTS, type MrzForm, type MrzLayout, type MrzSpan } from './mrz-layout';

/** One check digit of an MRZ and whether it is the right one. */
export interface MrzCheck {
  readonly name:
    'document number' | 'date of birth' | 'date of expiry' | 'optional data' | 'composite';
  readonly right: boolean;
}

/**
 * Reads an MRZ strictly: its characters, dates, sex and every check digit must be right
 * [9303-3 §4, 9303-4 §4.2, 9303-5 §4.2, 9303-6 §4.2].
 *
 * @param text the lines one after the other, with or without line breaks
 * @throws MalformedError naming the element; never its content.
 */
export function parseMrz(text: string): MrzFields {
  const fields = readMrzFields(text);
  const wrong = checkMrzDigits(text).find(({ right }) => !right);
  if (wrong !== undefined) throw new MalformedError(`MRZ, check digit, ${wrong.name}`, 'is wrong');
  return fields;
}

/**
 * The elements of an MRZ without regard to its check digits, for whoever judges those apart with
 * `checkMrzDigits` [9303-4 §4.2, 9303-5 §4.2, 9303-6 §4.2].
 *
 * @throws MalformedError when length, characters, a date or the sex are wrong.
 */
export function readMrzFields(text: string): MrzFields {
  const { form, zone, layout } = openZone(text);
  const field = (span: MrzSpan): string => zone.slice(...span).replace(/<+$/, '');
  const { number, optionalData } = readNumber(zone, layout);
  return {
    form,
    documentCode: matching(field(layout.documentCode), /^[A-Z][A-Z0-9]?$/, 'document code'),
    issuingState: matching(field(layout.issuingState), /^[A-Z]{1,3}$/, 'issuing state'),
    name: matching(field(layout.name), /^[A-Z<]*[A-Z]$/, 'name'),
    documentNumber: number,
    nationality: matching(field(layout.nationality), /^[A-Z]{1,3}$/, 'nationality'),
    dateOfBirth: checkMrzDate(zone.slice(...layout.dateOfBirth), 'MRZ, date of birth'),
    sex: readSex(zone.charAt(layout.sex)),
    dateOfExpiry: checkMrzDate(zone.slice(...layout.dateOfExpiry), 'MRZ, date of expiry'),
    optionalData,
    optionalDataLine2:
      layout.optionalDataLine2 === undefined ? '' : field(layout.optionalDataLine2),
  };
}

/**
 * Every check digit of an MRZ with its verdict [9303-3 §4.9].
 *
 * @throws MalformedError when the text has not the length or the characters of an MRZ.
 */
export function checkMrzDigits(text: string): readonly MrzCheck[] {
  const { zone, layout } = openZone(text);
  const right = (over: string, ...accepted: readonly string[]): boolean =>
    accepted.includes(computeCheckDigit(over));
  const { number, check } = readNumber(zone, layout);
  const birth = zone.slice(...layout.dateOfBirth);
  const expiry = zone.slice(...layout.dateOfExpiry);
  const checks: MrzCheck[] = [
    { name: 'document number', right: right(number, check) },
    { name: 'date of birth', right: right(birth, zone.charAt(layout.dateOfBirthCheck)) },
    { name: 'date of expiry', right: right(expiry, zone.charAt(layout.dateOfExpiryCheck)) },
  ];
  if (layout.optionalDataCheck !== undefined) {
    const optional = zone.slice(...layout.optionalData);
    const found = zone.charAt(layout.optionalDataCheck);
    const empty = /^<+$/.test(optional) && found === '<';
    checks.push({ name: 'optional data', right: empty || right(optional, found) });
  }
  const composite = layout.compositeOver.map((span) => zone.slice(...span)).join('');
  checks.push({ name: 'composite', right: right(composite, zone.charAt(layout.compositeCheck)) });
  return checks;
}

function openZone(text: string): { form: MrzForm; zone: string; layout: MrzLayout } {
  const zone = text.replaceAll(/[\r\n]+/g, '');
  const form = MRZ_FORMS.find((candidate) => {
    const { lines, lineLength } = MRZ_LAYOUTS[candidate];
    return zone.length === lines * lineLength;
  });
  if (form === undefined) {
    throw new MalformedError('MRZ', `has ${zone.length} characters, not 90, 72 or 88`);
  }
  const wrong = zone.search(/[^A-Z0-9<]/);
  if (wrong >= 0) throw new MalformedError('MRZ', 'a character is not A to Z, 0 to 9 or <', wrong);
  return { form, zone, layout: MRZ_LAYOUTS[form] };
}

/** The complete number, its check digit, and what stands in the optional data beside them. */
function readNumber(
  zone: string,
  layout: MrzLayout,
): { number: string; check: string; optionalData: string } {
  const place = 'MRZ, document number';
  const start = zone.slice(...layout.documentNumber);
  const check = zone.charAt(layout.documentNumberCheck);
  const optional = zone.slice(...layout.optionalData);
  const trimmed = (text: string): string => text.replace(/<+$/, '');
  if (check !== '<' || !layout.takesLongNumber) {
    const number = trimmed(start);
    if (number === '') throw new MalformedError(place, 'is missing');
    return { number, check, optionalData: trimmed(optional) };
  }
  const match = /^([A-Z0-9]+)([0-9])<(.*)$/.exec(optional);
  if (match === null || start.includes('<')) {
    throw new MalformedError(place, 'has no check digit, nor does it go on in the optional data');
  }
  const [, rest = '', restCheck = '', beyond = ''] = match;
  return { number: start + rest, check: restCheck, optionalData: trimmed(beyond) };
}

function readSex(character: string): MrzFields['sex'] {
  if (character === 'M' || character === 'F' || character === '<') return character;
  throw new MalformedError('MRZ, sex', 'is not M, F or <');
}

function matching(text: string, pattern: RegExp, element: string): string {
  if (!pattern.test(text)) throw new MalformedError(`MRZ, ${element}`, 'has the wrong characters');
  return text;
}
