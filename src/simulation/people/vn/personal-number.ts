import type { Dice } from '../dice';

/**
 * A twelve-digit personal number: province of birth registration, century and sex, year, and six
 * random digits (Nghị định 137/2015/NĐ-CP Điều 13; Thông tư 07/2016/TT-BCA, Phụ lục 3).
 */
export function inventPersonalNumber(
  dice: Dice,
  person: { readonly provinceCode: string; readonly year: number; readonly sex: 'M' | 'F' },
): string {
  const century = Math.floor(person.year / 100) - 19;
  const centuryAndSex = century * 2 + (person.sex === 'F' ? 1 : 0);
  const year = String(person.year % 100).padStart(2, '0');
  return `${person.provinceCode}${centuryAndSex}${year}${dice.digits(6)}`;
}
