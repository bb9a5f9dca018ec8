import { MalformedError } from '../bytes/malformed';
import { ARABIC_TABLE, SHADDA, TEH_MARBUTA, TEH_MARBUTA_AT_END } from './arabic-table';
import {
  CYRILLIC_EXCEPTIONS,
  CYRILLIC_TABLE,
  UKRAINIAN_FIRST,
  type CyrillicLanguage,
} from './cyrillic-table';
import { LATIN_TABLE } from './latin-table';

/** What the issuer decides where Doc 9303-3 §6 leaves it a choice or says nothing. */
export interface TransliterationRules {
  /** By capital letter, before every table: `{ Ä: 'A', Ь: '' }`. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Language of Cyrillic names, for the exceptions of table B. */
  readonly cyrillicLanguage?: CyrillicLanguage;
}

/**
 * One identifier of a name as components in characters of the MRZ [9303-3 §4.6, §6]: spaces,
 * hyphens and commas divide components, apostrophes and other punctuation vanish, letters follow
 * the tables.
 *
 * Letters outside the tables lose their marks: Ơ, Ư and all Vietnamese letters with a tone mark
 * become their base letter. The tables do not print them; that no mark may stand in the MRZ
 * [9303-3 §4.3] leaves nothing else, and the cards in circulation do so. This rule is ours.
 *
 * @param place names the identifier in errors
 * @throws MalformedError with the position of a character that cannot be written, or when no
 * letter is left; never with the name.
 */
export function transliterate(
  text: string,
  place: string,
  rules: TransliterationRules = {},
): readonly string[] {
  const components: string[] = [];
  let current = new Component();
  const close = (): void => {
    const written = current.write();
    if (written !== '') components.push(written);
    current = new Component();
  };
  for (const [index, original] of Array.from(text.normalize('NFC')).entries()) {
    if (/^[\s,\p{Pd}\u060C]$/u.test(original)) {
      close();
      continue;
    }
    for (const character of original.toUpperCase()) {
      const letters = lettersFor(character, current, rules);
      if (letters === undefined) {
        throw new MalformedError(place, `character ${index + 1} cannot be written in the MRZ`);
      }
      current.add(character, letters);
    }
  }
  close();
  if (components.length === 0) throw new MalformedError(place, 'has no letter');
  return components;
}

/** The letters of one component so far, kept apart because shadda and teh marbuta look around. */
class Component {
  readonly #parts: { readonly character: string; readonly letters: string }[] = [];

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** What the last character that left letters became. */
  get lastLetters(): string {
    return this.#parts.at(-1)?.letters ?? '';
  }

  add(character: string, letters: string): void {
    if (letters !== '') this.#parts.push({ character, letters });
  }

  write(): string {
    const last = this.#parts.at(-1);
    if (last?.character === TEH_MARBUTA) {
      this.#parts.splice(-1, 1, { character: TEH_MARBUTA, letters: TEH_MARBUTA_AT_END });
    }
    return this.#parts.map(({ letters }) => letters).join('');
  }
}

/** The letters for one capital character, empty when it vanishes, undefined when there are none. */
function lettersFor(
  character: string,
  component: Component,
  rules: TransliterationRules,
): string | undefined {
  const choice = rules.choices?.[character];
  if (choice !== undefined) return choice;
  if (/^[A-Z]$/.test(character)) return character;
  if (character === SHADDA) return component.lastLetters;
  return (
    LATIN_TABLE[character]?.[0] ??
    cyrillicLetters(character, component.isEmpty, rules.cyrillicLanguage) ??
    ARABIC_TABLE[character] ??
    (vanishes(character) ? '' : baseLetter(character))
  );
}

function cyrillicLetters(
  character: string,
  isFirst: boolean,
  language: CyrillicLanguage | undefined,
): string | undefined {
  if (language === 'uk' && isFirst && UKRAINIAN_FIRST[character] !== undefined) {
    return UKRAINIAN_FIRST[character];
  }
  const exception = language === undefined ? undefined : CYRILLIC_EXCEPTIONS[character]?.[language];
  return exception ?? CYRILLIC_TABLE[character];
}

/** Punctuation, with the signs that stand for an apostrophe, and marks that joined no letter. */
function vanishes(character: string): boolean {
  return /^[\p{P}\u0060\u00B4\u02B9-\u02BF\u02C8\u2032\u0300-\u036F]$/u.test(character);
}

function baseLetter(character: string): string | undefined {
  const base = character.normalize('NFD').replaceAll(/\p{Mn}/gu, '');
  if (/^[A-Z]$/.test(base)) return base;
  return base === character ? undefined : LATIN_TABLE[base]?.[0];
}
