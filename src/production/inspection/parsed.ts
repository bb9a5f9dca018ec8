import { MalformedError } from '../../standards/bytes/malformed';

/** What a parser made of something that may be absent or wrong. */
export type Parsed<T> =
  | { readonly state: 'absent' }
  | { readonly state: 'good'; readonly value: T }
  | { readonly state: 'malformed'; readonly detail: string };

export const ABSENT = { state: 'absent' } as const;

/** Runs a parser on untrusted bytes; only what the parser itself refuses counts as malformed. */
export function attempt<T>(parse: () => T): Parsed<T> {
  try {
    return { state: 'good', value: parse() };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return { state: 'malformed', detail: error.message };
  }
}

/** The value, where there is a good one. */
export function valueOf<T>(parsed: Parsed<T>): T | undefined {
  return parsed.state === 'good' ? parsed.value : undefined;
}
