/** What became of one member of `expected`. */
export type MemberResult =
  | { readonly member: string; readonly outcome: 'passed'; readonly remark?: string }
  | {
      readonly member: string;
      readonly outcome: 'failed';
      readonly expected: string;
      readonly got: string;
    }
  | { readonly member: string; readonly outcome: 'not-checked'; readonly why: string };

/** An entry passed when every member of it did, and failed when one failed. */
export interface EntryResult {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'not-checked';
  readonly members: readonly MemberResult[];
}

/** A mistake of the program or of the entry that no refusal explains, in words. */
export function describeMistake(error: unknown): string {
  return error instanceof Error
    ? `the computation broke off: ${error.name}: ${error.message}`
    : 'the computation broke off';
}
