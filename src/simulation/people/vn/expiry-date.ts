/** Ages at which a card of the 2014 law is changed (Luật Căn cước công dân 59/2014 Điều 21). */
const CHANGE_AGES = [25, 40, 60] as const;
/** A card issued so many years before such an age is valid until the next one. */
const GRACE_YEARS = 2;

/**
 * When a card expires: at the next age of change, or never (null).
 *
 * @param dateOfBirth complete, `YYYY-MM-DD`
 */
export function expiryDate(dateOfBirth: string, dateOfIssue: string): string | null {
  const year = dateOfBirth.slice(0, 4);
  const monthAndDay = dateOfBirth.slice(4);
  const birthdayAt = (age: number): string => `${Number(year) + age}${monthAndDay}`;
  const age = CHANGE_AGES.find((candidate) => birthdayAt(candidate - GRACE_YEARS) > dateOfIssue);
  return age === undefined ? null : birthdayAt(age);
}
