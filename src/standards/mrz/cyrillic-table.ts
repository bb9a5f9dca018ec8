/** Languages for which the table of Cyrillic letters makes exceptions [9303-3 §6 table B]. */
export type CyrillicLanguage = 'be' | 'bg' | 'mk' | 'sr' | 'uk';

/** Cyrillic letters as they are written in the MRZ [9303-3 §6 table B]. */
export const CYRILLIC_TABLE: Readonly<Record<string, string>> = {
  Ё: 'E',
  Ђ: 'D',
  Є: 'IE',
  Ѕ: 'DZ',
  І: 'I',
  Ї: 'I',
  Ј: 'J',
  Љ: 'LJ',
  Њ: 'NJ',
  Ќ: 'K',
  Ў: 'U',
  Џ: 'DZ',
  А: 'A',
  Б: 'B',
  В: 'V',
  Г: 'G',
  Д: 'D',
  Е: 'E',
  Ж: 'ZH',
  З: 'Z',
  И: 'I',
  Й: 'I',
  К: 'K',
  Л: 'L',
  М: 'M',
  Н: 'N',
  О: 'O',
  П: 'P',
  Р: 'R',
  С: 'S',
  Т: 'T',
  У: 'U',
  Ф: 'F',
  Х: 'KH',
  Ц: 'TS',
  Ч: 'CH',
  Ш: 'SH',
  Щ: 'SHCH',
  Ъ: 'IE',
  Ы: 'Y',
  Э: 'E',
  Ю: 'IU',
  Я: 'IA',
  Ѫ: 'U',
  Ѵ: 'Y',
  Ґ: 'G',
  Ғ: 'G',
  Һ: 'C',
};

/** Where a language writes a letter in another way [9303-3 §6 table B]. */
export const CYRILLIC_EXCEPTIONS: Readonly<
  Record<string, Readonly<Partial<Record<CyrillicLanguage, string>>>>
> = {
  Ё: { be: 'IO' },
  Ќ: { mk: 'KJ' },
  Џ: { mk: 'DJ' },
  Г: { be: 'H', sr: 'H', uk: 'H' },
  Ж: { sr: 'Z' },
  И: { uk: 'Y' },
  Х: { sr: 'H', mk: 'H' },
  Ц: { sr: 'C', mk: 'C' },
  Ч: { sr: 'C' },
  Ш: { sr: 'S' },
  Щ: { bg: 'SHT' },
  Ғ: { mk: 'GJ' },
};

/** Letters that Ukrainian writes in another way at the start of a name [9303-3 §6 table B]. */
export const UKRAINIAN_FIRST: Readonly<Record<string, string>> = {
  Є: 'YE',
  Ї: 'YI',
  Й: 'Y',
  Ю: 'YU',
  Я: 'YA',
};
