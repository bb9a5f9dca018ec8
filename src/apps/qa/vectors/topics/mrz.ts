import { MalformedError } from '../../../../standards/bytes/malformed';
import { computeCheckDigit } from '../../../../standards/mrz/check-digit';
import { encodeMrz } from '../../../../standards/mrz/encode-mrz';
import { encodeMrzDate } from '../../../../standards/mrz/mrz-date';
import type { MrzFields } from '../../../../standards/mrz/mrz-fields';
import { MRZ_FORMS, MRZ_LAYOUTS, type MrzForm } from '../../../../standards/mrz/mrz-layout';
import { encodeMrzName, splitVisualName } from '../../../../standards/mrz/mrz-name';
import { checkMrzDigits, parseMrz } from '../../../../standards/mrz/parse-mrz';
import { transliterate } from '../../../../standards/mrz/transliterate';
import { Inputs } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, once, type Topic } from '../topic';
import { isObject, type VectorEntry } from '../vector-file';
import { fittedLine, nameFigures } from './mrz-names';
import { derivedMap, transliterationMap } from './mrz-tables';

/** Lines, check digits, names and transliteration. */
export const MRZ: Topic = {
  name: 'MRZ',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    if (inputs.has('fields')) return encodedFigures(entry);
    if (inputs.has('viz_name')) return nameFigures(inputs);
    if (inputs.has('viz')) return { mrz: () => visualNameInMrz(inputs.text('viz')) };
    if (inputs.has('name')) return { mrz: () => plainNameInMrz(inputs.text('name')) };
    if (inputs.has('data')) return { check_digit: () => computeCheckDigit(inputs.text('data')) };
    if (inputs.has('mrz') || isWhole(inputs)) return parsedFigures(inputs);
    if (inputs.has('line2')) return compositeFigures(inputs);
    if (inputs.has('date')) return dateFigures(inputs);
    return tableFigures(inputs);
  },
  accept: (entry) => acceptZone(entry),
};

function tableFigures(inputs: Inputs): Figures {
  const absent = inputs.find('absent_from_table');
  return {
    map: (expected) => transliterationMap(inputs.text('table'), expected),
    derived_map: (expected) => derivedMap(isObject(absent) ? absent : expected),
  };
}

function encodedFigures(entry: VectorEntry): Figures {
  const lines = once(() => encodeMrz(fieldsOf(entry)));
  return {
    mrz: lines,
    line1: () => lines()[0],
    line2: () => lines()[1],
    line3: () => lines()[2],
    composite: () => {
      const { compositeCheck } = MRZ_LAYOUTS[fieldsOf(entry).form];
      return lines().join('').charAt(compositeCheck);
    },
  };
}

/** The elements of an MRZ from those of a holder. */
function fieldsOf(entry: VectorEntry): MrzFields {
  const given = Inputs.of(entry).object('fields');
  const text = (...names: string[]): string => (given.has(...names) ? given.text(...names) : '');
  const form = formOf(entry, given);
  const sex = text('sex').charAt(0).toUpperCase();
  const name = { primary: text('surname', 'primary'), secondary: text('given_names', 'secondary') };
  return {
    form,
    documentCode: text('document_code').replace(/<+$/, ''),
    issuingState: text('issuer', 'issuing_state').replace(/<+$/, ''),
    nationality: text('nationality').replace(/<+$/, ''),
    documentNumber: text('document_number'),
    dateOfBirth: mrzDate(text('date_of_birth')),
    dateOfExpiry: mrzDate(text('date_of_expiry')),
    sex: sex === 'M' || sex === 'F' ? sex : '<',
    name: encodeMrzName(name, { form }).text,
    optionalData: text('optional', 'optional_line1', 'optional_data'),
    optionalDataLine2: form === 'TD1' ? text('optional_line2') : '',
  };
}

/** The form: named, or that of the lines that are expected, or TD3 for a passport. */
function formOf(entry: VectorEntry, fields: Inputs): MrzForm {
  const inputs = Inputs.of(entry);
  const named = [inputs, fields]
    .find((one) => one.has('form'))
    ?.text('form')
    .toUpperCase();
  const lines = entry.expected['mrz'];
  const first: unknown = Array.isArray(lines) ? lines[0] : undefined;
  const length = typeof first === 'string' ? first.length : undefined;
  const found = MRZ_FORMS.find(
    (form) => form === named || (named === undefined && MRZ_LAYOUTS[form].lineLength === length),
  );
  if (found !== undefined) return found;
  const code = fields.has('document_code') ? fields.text('document_code') : '';
  if (code.startsWith('P')) return 'TD3';
  throw new NotComputable('the inputs do not say which form the MRZ has');
}

/** Where a note in parentheses says that the comma divides components, both are one identifier. */
function visualNameInMrz(viz: string): string {
  const note = viz.indexOf(' (');
  if (note >= 0) return transliterate(viz.slice(0, note), 'name').join('<');
  return encodeMrzName(splitVisualName(viz), { form: 'TD3' }).text;
}

/** A Vietnamese name stands with its family name first; a comma divides the identifiers. */
function plainNameInMrz(name: string): string {
  if (name.includes(',')) return encodeMrzName(splitVisualName(name), { form: 'TD1' }).text;
  const [primary = '', ...rest] = name.trim().split(/\s+/);
  return encodeMrzName({ primary, secondary: rest.join(' ') }, { form: 'TD1' }).text;
}

/** The last character of line 2 is found by trying: exactly one makes the composite right. */
function compositeFigures(inputs: Inputs): Figures {
  const second = inputs.text('line2');
  const fitting = once(() =>
    Array.from('0123456789')
      .filter((digit) => {
        const checks = checkMrzDigits(completeZone(inputs, second + digit));
        return checks.every(({ name, right }) => name !== 'composite' || right);
      })
      .join(''),
  );
  return { composite: fitting, line2: () => second + fitting() };
}

/** A whole MRZ around the lines that are given: its other elements do not count here. */
function completeZone(inputs: Inputs, second: string): string {
  const form = MRZ_FORMS.find((one) => MRZ_LAYOUTS[one].lineLength === second.length);
  if (form === undefined) {
    throw new MalformedError('line 2', `has a length of ${second.length} characters`);
  }
  const name = 'UTOPIA'.padEnd(30, '<');
  if (form === 'TD1') return inputs.text('line1') + second + name;
  return 'I<UTO'.padEnd(second.length, 'A') + second;
}

function dateFigures(inputs: Inputs): Figures {
  const date = once(() => mrzDate(inputs.text('date')));
  return { mrz: date, check_digit: () => computeCheckDigit(date()) };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `1942-07-12`, `12 July 1942`, `July 1942`, `420712`, or words that say that it is unknown. */
function mrzDate(text: string): string {
  if (/unknown/i.test(text)) return encodeMrzDate('');
  if (/^[\d<]{6}$/.test(text)) return text;
  const match = /^(?:(\d{1,2})\s+)?([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{4})$/.exec(text.trim());
  if (match === null) return encodeMrzDate(text.trim());
  const [, day, month = '', year = ''] = match;
  const number = MONTHS.indexOf(month.toLowerCase()) + 1;
  const parts = [year, String(number).padStart(2, '0')];
  if (day !== undefined) parts.push(day.padStart(2, '0'));
  return encodeMrzDate(parts.join('-'));
}

function isWhole(inputs: Inputs): boolean {
  if (!inputs.has('line1') || !inputs.has('line2')) return false;
  const { length } = inputs.text('line2');
  return (length === 30 && inputs.has('line3')) || length === 36 || length === 44;
}

function zoneOf(inputs: Inputs): string {
  if (inputs.has('mrz')) return inputs.texts('mrz').join('\n');
  const lines = ['line1', 'line2', 'line3'].filter((name) => inputs.has(name));
  return lines.map((name) => inputs.text(name)).join('\n');
}

function parsedFigures(inputs: Inputs): Figures {
  const fields = once(() => parseMrz(zoneOf(inputs)));
  const element = (name: keyof MrzFields) => () => fields()[name];
  const all = {
    document_code: element('documentCode'),
    issuer: element('issuingState'),
    nationality: element('nationality'),
    document_number: element('documentNumber'),
    date_of_birth: element('dateOfBirth'),
    date_of_expiry: element('dateOfExpiry'),
    sex: element('sex'),
    name: element('name'),
    optional: element('optionalData'),
    optional_line2: element('optionalDataLine2'),
    form: element('form'),
  };
  return {
    ...all,
    fields: () => Object.fromEntries(Object.entries(all).map(([name, find]) => [name, find()])),
  };
}

/** A negative entry: an MRZ that is read, or elements that cannot be written. */
function acceptZone(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  if (inputs.has('mrz') || isWhole(inputs)) {
    parseMrz(zoneOf(inputs));
    return;
  }
  if (inputs.has('line2')) {
    requireDigits(completeZone(inputs, inputs.text('line2')));
    return;
  }
  if (inputs.has('data')) {
    requireDigit(inputs);
    return;
  }
  if (inputs.has('fields')) return void encodeMrz(fieldsOf(entry));
  if (inputs.has('viz_name')) return void fittedLine(inputs, 'initials');
  if (inputs.has('viz')) return void visualNameInMrz(inputs.text('viz'));
  if (inputs.has('name')) return void plainNameInMrz(inputs.text('name'));
  if (inputs.has('date')) return void mrzDate(inputs.text('date'));
  throw new NotComputable('the entry has no MRZ that could be refused');
}

function requireDigits(zone: string): void {
  const wrong = checkMrzDigits(zone).find(({ right }) => !right);
  if (wrong !== undefined) throw new MalformedError(`MRZ, check digit, ${wrong.name}`, 'is wrong');
}

function requireDigit(inputs: Inputs): void {
  const right = computeCheckDigit(inputs.text('data'));
  if (!inputs.has('check_digit', 'check_digit_received')) return;
  if (inputs.text('check_digit_received', 'check_digit') !== right) {
    throw new Refused('check-digit', 'the check digit is wrong');
  }
}
