/** One thing that is not right with a record, without its content. */
export interface RecordProblem {
  /** Member of the record, `name.full`, or `record` for the whole. */
  readonly field: string;
  /** One clause. */
  readonly reason: string;
}

/** What a check found: errors refuse the record, doubts hold it until a person has looked. */
export interface RecordFindings {
  readonly errors: readonly RecordProblem[];
  readonly doubts: readonly RecordProblem[];
}

/** As it is shown, listed and stored: `dateOfBirth: there is no such date`. */
export function problemText(problem: RecordProblem): string {
  return `${problem.field}: ${problem.reason}`;
}
