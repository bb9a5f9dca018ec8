import { MRZ_LAYOUTS, type MrzForm } from './mrz-layout';
import { transliterate, type TransliterationRules } from './transliterate';
import {
  fitName,
  type FittedName,
  type NameComponents,
  type TruncationMethod,
} from './truncate-name';

/** A name in national characters: the identifiers of Doc 9303-3 §3.4. */
export interface NationalName {
  readonly primary: string;
  /** Empty when the holder has a primary identifier only. */
  readonly secondary: string;
}

export interface MrzNameOptions {
  readonly form: MrzForm;
  readonly rules?: TransliterationRules;
  readonly truncation?: TruncationMethod;
}

/**
 * The name as it stands in an MRZ of this form, without filler at its end, and whether it had to
 * be shortened [9303-3 §4.6, 9303-4 §4.2.3, 9303-5 §4.2.3, 9303-6 §4.2.3].
 *
 * @throws MalformedError with the position of a character that cannot be written.
 */
export function encodeMrzName(name: NationalName, options: MrzNameOptions): FittedName {
  const [from, to] = MRZ_LAYOUTS[options.form].name;
  return fitName(nameComponents(name, options.rules), to - from, options.truncation);
}

/** The components of a name in characters of the MRZ [9303-3 §4.6, §6]. @throws MalformedError */
export function nameComponents(name: NationalName, rules?: TransliterationRules): NameComponents {
  return {
    primary: transliterate(name.primary, 'primary identifier', rules),
    secondary:
      name.secondary.trim() === ''
        ? []
        : transliterate(name.secondary, 'secondary identifier', rules),
  };
}

/** The identifiers of a name field, components divided by spaces [9303-3 §4.6]. */
export function decodeMrzName(field: string): NationalName {
  const trimmed = field.replace(/<+$/, '');
  const split = trimmed.indexOf('<<');
  const primary = split < 0 ? trimmed : trimmed.slice(0, split);
  const secondary = split < 0 ? '' : trimmed.slice(split + 2);
  const spaced = (text: string): string => text.replaceAll(/<+/g, ' ').trim();
  return { primary: spaced(primary), secondary: spaced(secondary) };
}

/**
 * The identifiers of a name as the visual zone writes it: the first comma divides them
 * [9303-3 §4.6].
 */
export function splitVisualName(text: string): NationalName {
  const comma = text.indexOf(',');
  if (comma < 0) return { primary: text.trim(), secondary: '' };
  return { primary: text.slice(0, comma).trim(), secondary: text.slice(comma + 1).trim() };
}
