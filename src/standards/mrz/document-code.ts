import type { MrzForm } from './mrz-layout';

/** Second letters of a passport's document code and what they stand for [9303-4 §4.4]. */
export const PASSPORT_LETTERS = {
  P: 'ordinary passport',
  E: 'emergency passport',
  D: 'diplomatic passport',
  O: 'official or service passport',
  R: 'refugee travel document',
  T: 'alien travel document',
  S: 'stateless travel document',
  L: 'laissez-passer',
  M: 'military passport',
  U: 'passport of a single sheet',
} as const;

/** From then on a second letter, where one is used, is one of the table [9303-4 §4.4]. */
export const PASSPORT_LETTER_TABLE_SINCE = '2026-01-01';

/** From then on every passport has a second letter [9303-4 §4.4]. */
export const PASSPORT_LETTER_REQUIRED_SINCE = '2028-01-01';

/**
 * Why a document of this form must not have this code, in one clause; undefined when it may
 * [9303-4 §4.4, 9303-5 §4.2.2 note k, 9303-6 §4.2.2 note k]. `AC` is left to crew member
 * certificates, which no check can see; it is allowed.
 *
 * @param code one or two characters, a filler at the end or none
 * @param dateOfIssue `YYYY-MM-DD`; without one, the rules that have held at all times
 */
export function findDocumentCodeFault(
  code: string,
  form: MrzForm,
  dateOfIssue = '',
): string | undefined {
  const [first = '', second = '<'] = code;
  if (form === 'TD3') return findPassportFault(first, second, dateOfIssue);
  if (!'ACI'.includes(first)) return `the code of a ${form} begins with A, C or I`;
  if (second === 'V') return 'V as the second character is that of a visa';
  if (form === 'TD1' && first === 'A' && second === 'I') return 'AI is not a code of a TD1';
  return undefined;
}

function findPassportFault(first: string, second: string, date: string): string | undefined {
  if (first !== 'P') return 'the code of a TD3 begins with P';
  if (second === '<') {
    return date >= PASSPORT_LETTER_REQUIRED_SINCE
      ? `a passport issued since ${PASSPORT_LETTER_REQUIRED_SINCE} has a second letter`
      : undefined;
  }
  if (date < PASSPORT_LETTER_TABLE_SINCE || second in PASSPORT_LETTERS) return undefined;
  const letters = Object.keys(PASSPORT_LETTERS).join(', ');
  return `the second letter of a passport issued since ${PASSPORT_LETTER_TABLE_SINCE} is one of ${letters}`;
}
