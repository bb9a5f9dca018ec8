const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` of a day before or after another, in UTC. */
export function isoDay(from: Date, plusDays = 0): string {
  return new Date(from.getTime() + plusDays * DAY_MS).toISOString().slice(0, 10);
}

/** Full years between a birthday and a day. */
export function ageOn(dateOfBirth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
