import { MalformedError } from '../bytes/malformed';
import { computeCheckDigit } from './check-digit';
import { checkMrzDate } from './mrz-date';
import type { MrzFields } from './mrz-fields';
import { MRZ_LAYOUTS, type MrzLayout, type MrzSpan } from './mrz-layout';

const SHORT_NUMBER_LENGTH = 9;

/**
 * The lines of an MRZ with all check digits [9303-4 §4.2, 9303-5 §4.2, 9303-6 §4.2]. A number
 * longer than nine characters goes on in the optional data [9303-5 §4.2.2 note j].
 *
 * @throws MalformedError naming the element that does not fit its place.
 */
export function encodeMrz(fields: MrzFields): readonly string[] {
  const layout = MRZ_LAYOUTS[fields.form];
  const zone = Array.from<string>({ length: layout.lines * layout.lineLength }).fill('<');
  const put = (span: MrzSpan, text: string, place: string): void => {
    checkFits(text, span, place);
    for (const [index, character] of Array.from(text).entries()) zone[span[0] + index] = character;
  };
  put(layout.documentCode, matching(fields.documentCode, /^[A-Z][A-Z0-9]?$/, 'document code'), '');
  put(layout.issuingState, matching(fields.issuingState, /^[A-Z]{1,3}$/, 'issuing state'), '');
  put(layout.nationality, matching(fields.nationality, /^[A-Z]{1,3}$/, 'nationality'), '');
  put(layout.name, matching(fields.name, /^[A-Z][A-Z<]*$/, 'name'), 'name');
  put(layout.dateOfBirth, checkMrzDate(fields.dateOfBirth, 'MRZ, date of birth'), '');
  put(layout.dateOfExpiry, checkMrzDate(fields.dateOfExpiry, 'MRZ, date of expiry'), '');
  zone[layout.sex] = matching(fields.sex, /^[MF<]$/, 'sex');
  putNumberAndOptionalData(fields, put);
  if (layout.optionalDataLine2 !== undefined) {
    put(layout.optionalDataLine2, fields.optionalDataLine2, 'optional data of line 2');
  } else if (fields.optionalDataLine2 !== '') {
    throw new MalformedError('MRZ, optional data of line 2', 'stands in a TD1 only');
  }
  putCheckDigits(zone, layout, fields.documentNumber.length > SHORT_NUMBER_LENGTH);
  return Array.from({ length: layout.lines }, (_, line) =>
    zone.slice(line * layout.lineLength, (line + 1) * layout.lineLength).join(''),
  );
}

function putNumberAndOptionalData(
  { form, documentNumber, optionalData }: MrzFields,
  put: (span: MrzSpan, text: string, place: string) => void,
): void {
  const layout = MRZ_LAYOUTS[form];
  const number = matching(documentNumber, /^[A-Z0-9](?:[A-Z0-9<]*[A-Z0-9])?$/, 'document number');
  if (number.length <= SHORT_NUMBER_LENGTH) {
    put(layout.documentNumber, number, 'document number');
    put(layout.optionalData, optionalData, 'optional data');
    return;
  }
  const [from, to] = layout.optionalData;
  const longest = layout.takesLongNumber
    ? SHORT_NUMBER_LENGTH + to - from - 2
    : SHORT_NUMBER_LENGTH;
  if (number.length > longest) {
    throw new MalformedError('MRZ, document number', `is longer than ${longest} characters`);
  }
  if (number.includes('<')) {
    throw new MalformedError('MRZ, document number', 'is long and has a filler inside');
  }
  if (optionalData !== '') {
    throw new MalformedError('MRZ, optional data', 'its place is taken by a long document number');
  }
  put(layout.documentNumber, number.slice(0, SHORT_NUMBER_LENGTH), 'document number');
  const rest = number.slice(SHORT_NUMBER_LENGTH) + computeCheckDigit(number);
  put(layout.optionalData, rest, 'document number');
}

function putCheckDigits(zone: string[], layout: MrzLayout, longNumber: boolean): void {
  const over = (...spans: readonly MrzSpan[]): string =>
    computeCheckDigit(spans.map(([from, to]) => zone.slice(from, to).join('')).join(''));
  if (!longNumber) zone[layout.documentNumberCheck] = over(layout.documentNumber);
  zone[layout.dateOfBirthCheck] = over(layout.dateOfBirth);
  zone[layout.dateOfExpiryCheck] = over(layout.dateOfExpiry);
  if (layout.optionalDataCheck !== undefined) {
    zone[layout.optionalDataCheck] = over(layout.optionalData);
  }
  zone[layout.compositeCheck] = over(...layout.compositeOver);
}

function matching(text: string, pattern: RegExp, element: string): string {
  if (!pattern.test(text)) throw new MalformedError(`MRZ, ${element}`, 'has the wrong characters');
  return text;
}

function checkFits(text: string, [from, to]: MrzSpan, element: string): void {
  if (/[^A-Z0-9<]/.test(text)) {
    throw new MalformedError(`MRZ, ${element}`, 'has characters other than A to Z, 0 to 9 and <');
  }
  if (text.length > to - from) {
    throw new MalformedError(`MRZ, ${element}`, `is longer than ${to - from} characters`);
  }
}
