import { textInput, type Recomputed, type VectorEntry } from '../../access/testing/vector-entry';
import { ARABIC_TABLE, SHADDA, TEH_MARBUTA_AT_END } from '../arabic-table';
import { computeCheckDigit } from '../check-digit';
import {
  CYRILLIC_EXCEPTIONS,
  CYRILLIC_TABLE,
  UKRAINIAN_FIRST,
  type CyrillicLanguage,
} from '../cyrillic-table';
import { encodeMrz } from '../encode-mrz';
import { LATIN_TABLE } from '../latin-table';
import { encodeMrzDate } from '../mrz-date';
import type { MrzFields } from '../mrz-fields';
import { MRZ_LAYOUTS, type MrzForm } from '../mrz-layout';
import { encodeMrzName, nameComponents, splitVisualName } from '../mrz-name';
import { checkMrzDigits, parseMrz } from '../parse-mrz';
import { transliterate } from '../transliterate';
import { isNameOrTruncation } from '../truncate-name';

/** Entries of the topic MRZ, by the inputs that they have [9303-3 §4, §6, 9303-4, -5, -6 §4.2]. */
export function recomputeMrz(entry: VectorEntry): Recomputed {
  const { inputs } = entry;
  if ('fields' in inputs) return { mrz: linesOfFields(entry) };
  if ('viz_name' in inputs) return recomputeName(entry);
  if ('viz' in inputs) return { mrz: visualNameInMrz(textInput(entry, 'viz')) };
  if ('name' in inputs) return { mrz: vietnameseName(textInput(entry, 'name')) };
  if ('data' in inputs) return { check_digit: computeCheckDigit(textInput(entry, 'data')) };
  if ('line2' in inputs) return recomputeComposite(entry);
  if ('date' in inputs) return recomputeDate(textInput(entry, 'date'));
  if ('absent_from_table' in inputs) return recomputeDerivedMap(entry);
  if ('table' in inputs) return recomputeTable(entry);
  return {};
}

function linesOfFields(entry: VectorEntry): readonly string[] {
  const given = entry.inputs['fields'] as Readonly<Record<string, string | undefined>>;
  const text = (member: string): string => given[member] ?? '';
  const lengths = (entry.expected['mrz'] as readonly string[]).map((line) => line.length);
  const form = formOfLineLength(lengths[0]);
  const optionalData = text(form === 'TD1' ? 'optional_line1' : 'optional');
  const sex = text('sex').charAt(0);
  const fields: MrzFields = {
    form,
    documentCode: text('document_code'),
    issuingState: text('issuer'),
    nationality: text('nationality'),
    documentNumber: text('document_number'),
    dateOfBirth: encodeMrzDate(text('date_of_birth')),
    dateOfExpiry: encodeMrzDate(text('date_of_expiry')),
    sex: sex === 'M' || sex === 'F' ? sex : '<',
    name: encodeMrzName({ primary: text('surname'), secondary: text('given_names') }, { form })
      .text,
    optionalData,
    optionalDataLine2: text('optional_line2'),
  };
  const lines = encodeMrz(fields);
  expect(parseMrz(lines.join('\n'))).toEqual(fields);
  return lines;
}

function formOfLineLength(length: number | undefined): MrzForm {
  const forms = Object.keys(MRZ_LAYOUTS) as MrzForm[];
  return forms.find((form) => MRZ_LAYOUTS[form].lineLength === length)!;
}

/** The printed line by the method that it shows: its components give the limits of the method. */
function recomputeName(entry: VectorEntry): Recomputed {
  const form = textInput(entry, 'form') as MrzForm;
  const [from, to] = MRZ_LAYOUTS[form].name;
  const member = ['line1', 'acceptable_line1', 'acceptable_line3'].find(
    (name) => name in entry.expected,
  )!;
  const printed = entry.expected[member] as string;
  const printedName = member === 'acceptable_line3' ? printed : printed.slice(from);
  const [primary = '', secondary = ''] = printedName.replace(/<+$/, '').split('<<');
  const lengths = (text: string): number[] => text.split('<').map((part) => part.length);

  const name = splitVisualName(textInput(entry, 'viz_name'));
  const printedMethod = { primary: lengths(primary), secondary: lengths(secondary) };
  const { text, truncated } = encodeMrzName(name, { form, truncation: printedMethod });
  for (const truncation of ['initials', 'cut'] as const) {
    const ours = encodeMrzName(name, { form, truncation });
    expect(ours.truncated).toBe(truncated);
    expect(isNameOrTruncation(ours.text, nameComponents(name), to - from)).toBe(true);
  }
  expect(isNameOrTruncation(printedName, nameComponents(name), to - from)).toBe(true);

  const prefix = (entry.inputs['document_code'] as string | undefined) ?? 'I';
  const issuer = (entry.inputs['issuer'] as string | undefined) ?? 'UTO';
  const field = text.padEnd(to - from, '<');
  const line = member === 'acceptable_line3' ? field : prefix.padEnd(2, '<') + issuer + field;
  const endsInLetter = !truncated || /[A-Z]$/.test(text);
  return { [member]: line, ...(endsInLetter ? { rule: entry.expected['rule'] } : {}) };
}

/** Where a note in parentheses says that the comma divides components, both are one identifier. */
function visualNameInMrz(viz: string): string {
  const note = viz.indexOf(' (');
  if (note >= 0) return transliterate(viz.slice(0, note), 'name').join('<');
  return encodeMrzName(splitVisualName(viz), { form: 'TD3' }).text;
}

function vietnameseName(name: string): string {
  const [primary = '', ...rest] = name.split(' ');
  return encodeMrzName({ primary, secondary: rest.join(' ') }, { form: 'TD1' }).text;
}

/** The last character of line 2 is found by trying: exactly one makes the composite right. */
function recomputeComposite(entry: VectorEntry): Recomputed {
  const first = (entry.inputs['line1'] as string | undefined) ?? '';
  const second = textInput(entry, 'line2');
  const lineLength = second.length + 1;
  const form = formOfLineLength(lineLength);
  const name = 'UTOPIA'.padEnd(30, '<');
  const start = form === 'TD1' ? first : 'I<UTO'.padEnd(lineLength, 'A');
  const end = form === 'TD1' ? name : '';
  const fitting = Array.from('0123456789').filter((digit) =>
    checkMrzDigits(start + second + digit + end).every(({ right }) => right),
  );
  return { composite: fitting.join(), line2: second + fitting.join() };
}

function recomputeDate(date: string): Recomputed {
  const time = Date.parse(`${date} UTC`);
  const mrz = encodeMrzDate(Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10));
  return { mrz, check_digit: computeCheckDigit(mrz) };
}

function recomputeDerivedMap(entry: VectorEntry): Recomputed {
  const letters = Object.keys(entry.inputs['absent_from_table'] as Record<string, string>);
  const written = letters.map((letter) => {
    const forms = [letter, letter.toLowerCase(), letter.normalize('NFD')];
    const results = new Set(forms.map((form) => transliterate(form, 'name').join('<')));
    expect(LATIN_TABLE[letter]).toBeUndefined();
    return [letter, [...results].join('|')];
  });
  return { derived_map: Object.fromEntries(written) as Record<string, string> };
}

function recomputeTable(entry: VectorEntry): Recomputed {
  const printed = entry.expected['map'] as Readonly<Record<string, Readonly<TableRow>>>;
  const rows = Object.entries(printed).map(([codePoint, row]) => {
    const letter = String.fromCodePoint(parseInt(codePoint.slice(2), 16));
    return [codePoint, { ...row, ...recomputeRow(letter, row) }];
  });
  const known = { Latin: LATIN_TABLE, Cyrillic: CYRILLIC_TABLE, Arabic: ARABIC_TABLE };
  const table = known[textInput(entry, 'table') as keyof typeof known];
  const extra = table === ARABIC_TABLE ? 1 : 0; // shadda is a rule, not a row
  expect(Object.keys(table)).toHaveLength(rows.length - extra);
  return { map: Object.fromEntries(rows) as unknown };
}

interface TableRow {
  readonly char?: string;
  readonly mrz?: unknown;
  readonly rule?: string;
}

function recomputeRow(letter: string, row: TableRow): TableRow {
  if (row.rule !== undefined) return { char: letter, rule: cyrillicRule(letter, row.rule) };
  if (row.char !== undefined) return { char: letter, mrz: LATIN_TABLE[letter] };
  return { mrz: arabicCell(letter) };
}

function arabicCell(letter: string): string {
  const doubled = transliterate(`\u0628${letter}`, 'name').join('<');
  if (letter === SHADDA) return doubled === 'BB' ? '[DOUBLE]' : doubled;
  const letters = ARABIC_TABLE[letter];
  if (letters === '') return doubled === 'B' ? '(Not encoded)' : doubled;
  const atEnd = doubled.slice(1);
  return atEnd === letters ? letters : `${letters ?? ''}/${TEH_MARBUTA_AT_END}`;
}

/** The printed rule again when every letter sequence that it states is what the tables give. */
function cyrillicRule(letter: string, printed: string): string {
  const languages: Readonly<Record<string, CyrillicLanguage>> = {
    Belorussian: 'be',
    Serbian: 'sr',
    Ukrainian: 'uk',
    Bulgarian: 'bg',
  };
  const base = transliterate(`В${letter}`, 'name').join('').slice(1);
  const exception = /\(except (.*?)(?:=\s?([A-Z]+)\))?$/.exec(printed);
  if (exception === null) return base;
  const [, who = '', what] = exception;
  const first = who.includes('first character');
  const named = Object.keys(languages).filter((name) => who.includes(name));
  const given = named.map((name) => {
    const rules = { cyrillicLanguage: languages[name]! };
    return transliterate(first ? letter : `В${letter}`, 'name', rules)
      .join('')
      .slice(first ? 0 : 1);
  });
  if (what !== undefined && given.some((letters) => letters !== what)) return given.join('|');
  const known = first ? UKRAINIAN_FIRST[letter] : CYRILLIC_EXCEPTIONS[letter];
  return known === undefined ? 'no exception' : base + printed.slice(printed.indexOf(' '));
}
