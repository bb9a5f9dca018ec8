import { MalformedError } from '../bytes/malformed';
import { computeCheckDigit } from './check-digit';
import { checkMrzDigits, readMrzFields } from './parse-mrz';

/** What access keys are derived from, in characters of the MRZ without check digits. */
export interface MrzSecret {
  /** Complete, without filler at its end. */
  readonly documentNumber: string;
  /** `YYMMDD`, unknown parts as `<`. */
  readonly dateOfBirth: string;
  /** `YYMMDD`. */
  readonly dateOfExpiry: string;
}

const ACCESS_CHECKS: readonly string[] = ['document number', 'date of birth', 'date of expiry'];

/**
 * The secret of a printed MRZ; only the check digits that go into the keys are required to be
 * right, so that a chip behind a misprinted composite can still be opened [9303-11 §9.7.2].
 *
 * @param text the lines one after the other, with or without line breaks
 * @throws MalformedError
 */
export function mrzSecretFromMrz(text: string): MrzSecret {
  const { documentNumber, dateOfBirth, dateOfExpiry } = readMrzFields(text);
  const wrong = checkMrzDigits(text).find(
    ({ name, right }) => !right && ACCESS_CHECKS.includes(name),
  );
  if (wrong !== undefined) throw new MalformedError(`MRZ, check digit, ${wrong.name}`, 'is wrong');
  return { documentNumber, dateOfBirth, dateOfExpiry };
}

/**
 * The MRZ information: number, birth and expiry, each with its check digit. A number of fewer than
 * nine characters is filled up, a longer one stands complete [9303-11 §9.7.2].
 *
 * @throws MalformedError when a character does not belong into an MRZ.
 */
export function encodeMrzInformation(secret: MrzSecret): string {
  return [secret.documentNumber.padEnd(9, '<'), secret.dateOfBirth, secret.dateOfExpiry]
    .map((element) => element + computeCheckDigit(element))
    .join('');
}
