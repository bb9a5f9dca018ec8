import { InvalidArgumentError } from 'commander';

/** Parser of an option that takes a whole number within bounds. */
export function parseWholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Parser of an option that takes a day, `YYYY-MM-DD`, or a moment in RFC 3339. */
export function parseMoment(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const moment = new Date(isDay ? `${text}T12:00:00Z` : text);
  const exists = !Number.isNaN(moment.getTime());
  if (!exists || (isDay && moment.toISOString().slice(0, 10) !== text)) {
    throw new InvalidArgumentError('It takes a day as YYYY-MM-DD, or a moment as in RFC 3339.');
  }
  return moment;
}

/** Collects an option that may be given several times. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
