import { ARABIC_TABLE, SHADDA, TEH_MARBUTA_AT_END } from '../../../../standards/mrz/arabic-table';
import {
  CYRILLIC_EXCEPTIONS,
  CYRILLIC_TABLE,
  UKRAINIAN_FIRST,
  type CyrillicLanguage,
} from '../../../../standards/mrz/cyrillic-table';
import { LATIN_TABLE } from '../../../../standards/mrz/latin-table';
import { transliterate } from '../../../../standards/mrz/transliterate';
import { NotComputable } from '../not-computable';
import { isObject } from '../vector-file';

const TABLES = { latin: LATIN_TABLE, cyrillic: CYRILLIC_TABLE, arabic: ARABIC_TABLE } as const;

/** The rows of a transliteration table, for the letters that are expected. */
export function transliterationMap(table: string, expected: unknown): unknown {
  const name = table.toLowerCase();
  const known = Object.entries(TABLES).find(([key]) => name.includes(key));
  if (known === undefined || !isObject(expected)) {
    throw new NotComputable('the runner has no such table');
  }
  const [kind, rows] = known;
  const entries = Object.entries(expected).map(([codePoint, row]): readonly [string, unknown] => {
    const letter = letterOf(codePoint);
    const given = isObject(row) ? row : {};
    return [codePoint, { ...given, ...rowOf(kind as keyof typeof TABLES, letter, given) }];
  });
  // A table with rows beyond the printed ones would write letters that nobody has agreed on.
  const extra = Object.keys(rows).filter(
    (letter) => !entries.some(([code]) => letterOf(code) === letter),
  );
  return extra.length === 0 || entries.length < Object.keys(rows).length / 2
    ? Object.fromEntries(entries)
    : `${extra.length} letters more than expected`;
}

/** Letters outside the tables: written in every form that text comes in, and one result for all. */
export function derivedMap(letters: unknown): unknown {
  if (!isObject(letters)) throw new NotComputable('the inputs name no letters');
  const written = Object.keys(letters).map((letter) => {
    const forms = [letter, letter.toLowerCase(), letter.normalize('NFD')];
    const results = new Set(forms.map((form) => transliterate(form, 'name').join('<')));
    const inTable = LATIN_TABLE[letter] !== undefined;
    return [letter, inTable ? 'stands in the table' : [...results].join('|')];
  });
  return Object.fromEntries(written);
}

function letterOf(codePoint: string): string {
  return /^U\+/i.test(codePoint)
    ? String.fromCodePoint(Number.parseInt(codePoint.slice(2), 16))
    : codePoint;
}

function rowOf(
  kind: keyof typeof TABLES,
  letter: string,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (kind === 'latin') return { char: letter, mrz: LATIN_TABLE[letter] };
  if (kind === 'arabic') return { mrz: arabicCell(letter) };
  const printed = typeof given['rule'] === 'string' ? given['rule'] : '';
  return { char: letter, rule: cyrillicRule(letter, printed) };
}

function arabicCell(letter: string): string {
  const doubled = transliterate(`\u0628${letter}`, 'name').join('<');
  if (letter === SHADDA) return doubled === 'BB' ? '[DOUBLE]' : doubled;
  const letters = ARABIC_TABLE[letter];
  if (letters === '') return doubled === 'B' ? '(Not encoded)' : doubled;
  const atEnd = doubled.slice(1);
  return atEnd === letters ? letters : `${letters ?? ''}/${TEH_MARBUTA_AT_END}`;
}

const LANGUAGES: Readonly<Record<string, CyrillicLanguage>> = {
  Belorussian: 'be',
  Serbian: 'sr',
  Ukrainian: 'uk',
  Bulgarian: 'bg',
};

/** The printed rule again when every letter sequence that it states is what the tables give. */
function cyrillicRule(letter: string, printed: string): string {
  const base = transliterate(`В${letter}`, 'name').join('').slice(1);
  const exception = /\(except (.*?)(?:=\s?([A-Z]+)\))?$/.exec(printed);
  if (exception === null) return base;
  const [, who = '', what] = exception;
  const first = who.includes('first character');
  const given = Object.entries(LANGUAGES)
    .filter(([name]) => who.includes(name))
    .map(([, cyrillicLanguage]) =>
      transliterate(first ? letter : `В${letter}`, 'name', { cyrillicLanguage })
        .join('')
        .slice(first ? 0 : 1),
    );
  if (what !== undefined && given.some((letters) => letters !== what)) return given.join('|');
  const known = first ? UKRAINIAN_FIRST[letter] : CYRILLIC_EXCEPTIONS[letter];
  return known === undefined ? 'no exception' : base + printed.slice(printed.indexOf(' '));
}
