import { ProductionError } from '../errors';

/** One thing that is wrong in a profile, at its place. */
export interface ProfileProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Place in the structure, `lds.files[2]`; empty for the whole. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
}

/** `vn-cccd-2021.yaml:37: lds.files[2]: found "EF.DG17"; allowed: EF.COM, EF.DG1, …`. */
export function formatProblem(problem: ProfileProblem): string {
  const place = `${problem.file}:${problem.line}`;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${place}: ${path}found ${problem.found}; allowed: ${problem.allowed}`;
}

/** A profile that was read, or everything that is wrong with it. */
export type ProfileReading<Profile> =
  | { readonly profile: Profile; readonly problems: readonly [] }
  | { readonly profile?: undefined; readonly problems: readonly ProfileProblem[] };

/**
 * The profile of a reading.
 *
 * @throws ProductionError `PROFILE_INVALID` with every problem.
 */
export function requireProfile<Profile>(reading: ProfileReading<Profile>): Profile {
  if (reading.profile !== undefined) return reading.profile;
  throw new ProductionError(
    'PROFILE_INVALID',
    reading.problems[0]?.file ?? '',
    reading.problems.map(formatProblem),
  );
}
