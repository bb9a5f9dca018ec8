import { encodeUtf8 } from '../../../../standards/bytes/text';

const BIRTH = { short: '740812', long: '19740812' };
const EXPIRY = '310415';
/** Dates of a document that does not expire say nothing of its holder. */
const NO_EXPIRY = ['991231'];
const MOMENT = '20260115120000';

/**
 * Every letter becomes X and every digit 0, as often as it has bytes, so that lengths stay; fillers
 * and punctuation stay as they are.
 */
export function maskText(text: string): string {
  return Array.from(text, (character) => {
    if (/\p{Nd}/u.test(character)) return '0';
    return /[\p{L}\p{M}]/u.test(character) ? 'X'.repeat(encodeUtf8(character).length) : character;
  }).join('');
}

/** `YYMMDD` of the specimen; fillers for unknown parts stay. */
export function maskBirth(date: string): string {
  return Array.from(date, (digit, at) => (digit === '<' ? '<' : (BIRTH.short[at] ?? '0'))).join('');
}

/** `YYMMDD` of the specimen, or the date by which a document says that it does not expire. */
export function maskExpiry(date: string): string {
  return date.includes('<') || NO_EXPIRY.includes(date) ? date : EXPIRY;
}

/** Digits of a date or a moment, as many as before. */
export function maskDigits(digits: string): string {
  if (digits.length === BIRTH.long.length) return BIRTH.long;
  return MOMENT.slice(0, digits.length).padEnd(digits.length, '0');
}

/** Bytes that show nothing, as many as before. */
export function maskBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.length).fill(0x5a);
}
