import { MalformedError } from '../bytes/malformed';

const WEIGHTS = [7, 3, 1] as const;

/**
 * The check digit over characters of the MRZ: weights 7 3 1, A to Z count 10 to 35 and the filler
 * nothing, modulo 10 [9303-3 §4.9].
 *
 * @throws MalformedError when a character does not belong into an MRZ.
 */
export function computeCheckDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    sum += characterValue(text, index) * (WEIGHTS[index % 3] ?? 0);
  }
  return String(sum % 10);
}

function characterValue(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code === 0x3c) return 0;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x5a) return code - 0x37;
  throw new MalformedError('MRZ', 'a character is not A to Z, 0 to 9 or <', index);
}
